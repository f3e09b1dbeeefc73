"""What goes wrong, as exceptions."""


class AttuneError(Exception):
    """A cell that failed: the diagnostic's text, with the line and the caret where the cell has one."""

    def __init__(self, message, name="CommandError", traceback=()):
        super().__init__("\n".join(traceback) if traceback else message)
        self.name = name
        self.message = message


class ProgramError(AttuneError):
    """The program `attune` is missing, does not start or has ended."""


class ModelError(AttuneError, ValueError):
    """A file is not a whole model, or rows do not have the form that a model takes."""

    def __init__(self, message):
        super().__init__(message, "ModelError")


class Pruned(Exception):
    """Raised by an objective to end its trial: what it has reported is kept."""
