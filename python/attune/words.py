"""The language's words. Made from the program: `ATTUNE_WRITE_PAGES=1 swift test --filter PageTests` writes it anew."""

COMMANDS = """
ask bench best calibrate clear compare data describe enqueue evaluate exit explain export find_learning_rate help import
importance load network plot predict print quit report reset retrain save set show space study tell train trials tune
watch
""".split()

KEYWORDS = """
and in not or step subject to when
""".split()

LITERALS = """
False None True false none true
""".split()
