import Foundation

/// The kernel's logos, inside the program: an installed binary finds no files of its own. They are those of the folder
/// `kernelspec`, which a test compares with what `attune install` writes.
enum Logos {
  static let all: [(name: String, content: Data)] = [
    ("logo-32x32.png", decoded(small)), ("logo-64x64.png", decoded(large)), ("logo-svg.svg", Data(drawing.utf8)),
  ]

  private static func decoded(_ text: String) -> Data {
    Data(base64Encoded: text, options: .ignoreUnknownCharacters) ?? Data()
  }

  private static let drawing = """
    <svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 64 64">
      <rect x="2" y="2" width="60" height="60" rx="13" fill="#16324f"/>
      <path d="M22 10 L22 30 C22 36 26 39 32 39 C38 39 42 36 42 30 L42 10" fill="none" stroke="#f4f7fa" stroke-width="5" stroke-linecap="round"/>
      <path d="M32 39 L32 55" fill="none" stroke="#f4f7fa" stroke-width="5" stroke-linecap="round"/>
      <path d="M12 15 C9 20 9 26 12 31" fill="none" stroke="#f2a541" stroke-width="3.5" stroke-linecap="round"/>
      <path d="M52 15 C55 20 55 26 52 31" fill="none" stroke="#f2a541" stroke-width="3.5" stroke-linecap="round"/>
    </svg>
    """ + "\n"

  private static let small = """
    iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAYAAABzenr0AAAABmJLR0QA/wD/AP+gvaeTAAADaElEQVRYhc2XX2xTVRzHP+e2a8tWurmyuy0kBP
    cwZzAhTowoGymDBxkDHkgaIVETfSGQaEjg0Sce4GEvIKDwSqIEH3Q4DCQyxx8Xl7iihAUYOtRIut7asbFua9f1Hh/uelu43Xq3VvD7dPo7v/v9
    fXrPn3sOPGeJpwM1zTtbgf0CWoFawFFkjTQwIuE6QjkZHfj6Rn6AQMCpTlR+imRvkQUL6ZTmG/+Y3t5ZACUTLVS8XvVTr/oLutvI26c+rjyW+S
    EAal7dsVEIcXUh0yvnjgOw+Z2PCGuxovIAUGSL9vOFHxUARbB/IeRVK+vwuF143C5WrawrOg8AadRUjLZoye1r9Kdp9KcXNliE8vpJsdEEwJjt
    ALgdcDY4RWd7omQAne0JzgancD+5nupyAcyu7S+n8JdLrvzuLBlAz7ATf7mko2kmN+zIBTDV3phCl3DulqtkAF/+6kKXsO2lWUufBeDFap2RuE
    IkbtmjlqxIXBCJK6x+QS8MUFMhiZaweEZaXKB6ZWGA6KSgJk9isVK9Ei3PH7MAPBhVqPPq1JYQotYrqfXq/PHIUs4KcPGeE0XA7rUzluSlas/a
    JIqA7rtlhQG677qITQnaGrIzdjqRNNsVyzzzFqooz/ZNT2f3kU0NaWJTgov3rACWxZ5Mw7vny5+I/fUwgq5LFEWw/rU19PQN5AV4s3kNAGld58
    +HETN+8DuP6f20rIMCDMUcDMWy29bY4wl+Ct0G4P1dWwl2tOFQso86HQ6CHW28t2srAP2hQcYn4vP65UoAqM07C864VxobOP/5YTxuY4Man4iT
    ShnDVFbmpHK5FzCGK7j3EwbvPyhkiRbqEnnfQD7dHhrmg4NHiPzzCADfci8rqqtYUV2Fb674SHSUDw8dtVU8I9tvICOP28XbgTfYvqWFTW81A/
    BDX4hvv7/Bpd5+Ekn7q0cLdYlFf3ESyRm+uXydsDZqApz54gL9NwcXawXMMwmfpf43AKU7/thXOhcgskDifyNB2ASQcO2ZA0iumgAK+jGDw75S
    s7N527alyM9g7lw2GR76u6K+SQVet/t8NDZGlc/LrTu/8VV3D7q0zy8QJ7SBrtNGO6NAwDl3Y9ln22kJEogTEd/YgczVzHJEUdft2GBcGkQrkn
    pKcTkVhNG5huSk9ktXX5F+pdW/8SUjKiXmNBEAAAAASUVORK5CYII=
    """

  private static let large = """
    iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAYAAACqaXHeAAAABmJLR0QA/wD/AP+gvaeTAAAGrUlEQVR4nO2bb0wTZxzHv8/RQhEUKrX8UxTIYg
    xsQUGXzTFgwHzBHzUTXywzgWQSXyxZtqVqsuzF5pZhfLWEzMSYuGTGJZs6FJbpAP+M6TIjyCIkc0YUsVJqEaoCvVLu2YuuvSu93h20x9WNz6un
    v/v1d9/n13uee+53fYBF/t8QpY6motq1ZIZsIwSVBMikwCoACSpqmwsTBBiigJVStNMY2uK4fvaWki/KJsC0vraIIcxBgL4Rvs4F5SoYutd+/e
    wVKafQCShs1Js521cgZI+kX3RDAXxtJ6kfoPvItJiDaMdWvlK3nHW5TxGCUjXVLRQUuOie9rzlvPnT2OxjTJB3YaOeZd0n/yudBwAClMXpdWfy
    8upiZx+LmW0wp2U2E0Lq5nuypKWJ2FFVipfW5eK+dQSs2z3fUJGOt3pKxxknhv/6WWgMGAJpBTUbOYb5Y7Z9LmLbvjmEzDQTAMBqc6C63gLn02
    fzUhzpeAAoB7LR0dPS7TMEDIEZhjmIMCa8msrNfrEAkJlmQk3l5vmGi3g8AIQBbRIa/AlI37B9HQHKwomeYlymyKZVvH+pMBXVrvV98CfAQ7it
    4UZ+XmA41PrbvgahqNBGjgZQptLX1PFWkuVdN4hjTuBgKWYBAIe64mCfCL6Dasmc9BGa5WsKEkDTpU7wxZssynL4xZTlXPx8taqCpZjF9jyvvu
    R4YPePkvoyfQ1hmhJDeRekzwR0nkThwlioqSxnGgXpM1Lu/r4quo4bN7H+NqXAse64OQtUm2PdcaCCESzULIVsApIMFKVrPP7PnXd06LdH1/gH
    gH47g847/IguXeNBkiH0nOZDtiflOR7ECmaKk/1By+moQagtVufVLodsAtZn8GPJ5QEu39VJeGvL5bs6uAR9FmoPhWwC8lP5IH0jOkzLx9SM6R
    mvRh9C7aGQTYA5kfO37zyOwul/FkKNQu2hkE1Acjw/kYxNRX8Cxqf4Lgm1h2JO0zl5DipjwvUApfJ6ZRMwLvjVk+PlLymtSTLwGp0ueX/ZBNif
    8S65y+UvKa0RahRqD4WsR98IXzXLT/VAH1REix70MV6NPoTaQyGbgBsP+SAGHVCSLb+40IqSbA8MgmWKUHsoZBPQOaCDW9DnHXnhFTnVRKjN7f
    Fql0M2AU4XwaV7fKDyXA/yzNE3GeaZOZTn8r/UpXs6OF0RuAsAwJFr/NMfIUBDofiT1uRksD3eMP8nxyXxhiDbxIT41N5QyAbcAoWapVCUgN7h
    GFwc0Ps/0xA3g9FxZ5DNnGJUJESMFcuTg2yPnU9EfYWaLg7o0TusbLZW/GTz8S9xsBR724e6xLM7bH8cZNu0Pk/pKRR9V+wcszWF0ieG4gTYJx
    jZMtiNvluYcrEBl32GOQVbXt+E879eUywKALaUvIwMc0qAzcW60dv/97z1iRHRyoaLdeP3nr4g+4G9u5GdJVlyDCA7Kx0HLO8G2a9238SUS1ml
    RykRL+0c/a4tyGYyJuPM0SY07KxCYsKSkN9NTFiChp1VOHO0CSZj8PgXix0u/nnTvGFrxNa5R5r2oaK4SPSYi3Wj79YA7ltHYErxdtIxOo6szF
    Tkr82BIU684tTRdR2N+w9GSiLsPWcIoFICjEnL8P3hz5C7OlPeWQGDD2yo2/MJHGPjEYkH8AlQpbo55nyC+g8/x+ADW9ixBh/Y8M77n0a080JU
    K+9abQ5U1Vtw/PR50FALBwkopTh++jyq6i2w2hwqKPSiyhCYzZpV6Xh7WyVqKl5Dqkl6YTTiGENrx2840dKOe0PDaklSdw6QIt2cgv3v7UJNee
    B7/tbOK2hq/hbD9tGFkKHuHCDFsH0UA4PWIPvAoHXBOi8k+l7xLDCLCdBagNYsJkBrAVqzmABB+6lmKhYef1mJTwCBesuuKIMAD31tPgEU9zVR
    owEUfF/9CaAUHdrI0QCCdl9TcAXMnNZEjAZwHuasr+1PwKPettsAuaCNpAWlw/Hnj/7KasBtkHL4CIDqr31Gx4Jr+2I2FaAcyH6hISABj3pbeg
    EcVltFa/uVgCKH1eZAa7vk3qaIQAiahXsFALG9AYWNejO1n1N7l1jS0kRUV7wKAGjruBrOJgildK1gYyv6+38IeLsr+vYw6cUqY6xedyrc/QPR
    A7nATk/vENs0JfoCjbXfdk1mlJxIxKQRwEY8v9vmOELQbF/m3MVea58Uc5DtWGrR9nyOm/mSgFRHXp+qdHCE2+fobu2RclL8y64oqH6BMMw2UK
    aSELqKAish8Q/zBeYZBYYIMATQDspxLd7b+iKLyPEPxEE3PiUI0WoAAAAASUVORK5CYII=
    """
}
