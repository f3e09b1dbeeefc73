import Jupyter
import Language

/// The protocol's `user_expressions`: each value as text and as JSON, each mistake its own.
struct UserExpressions {
  let store: SessionStore

  func evaluate(_ expressions: [String: String]) -> [String: Result<MIMEBundle, Failure>] {
    expressions.mapValues { source in
      do {
        let expression = try ExpressionText.parse(source)
        let value = try SessionScope(store: store, isChecking: false).value(of: expression)
        return .success(MIMEBundle(["text/plain": .string(value.description), "application/json": try value.json()]))
      } catch {
        return .failure(.from(error, in: source))
      }
    }
  }
}
