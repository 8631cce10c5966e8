"""The errors that a person can mend, and the exit status of each.

EndonymError
├── InputError             exit 1: your input or settings; the message is one sentence
├── FailedError            exit 1: a step failed; the message says where, and nothing of a text
├── ValidationFailedError  exit 2: the release is there, but it does not pass
└── StoppedError           exit 130: you stopped it
"""


class EndonymError(Exception):
    """Something that the message explains in one sentence: what, where, what to do."""

    exit_status = 1


class InputError(EndonymError):
    """What the user gave cannot be used; nothing was lost and nothing half written."""


class FailedError(EndonymError):
    """A step failed and it is not your doing; what is done is kept."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what}; nothing is lost: start the same command again and it goes on where it"
            " stopped. If it stops there again, tell the developers this line"
        )


class ValidationFailedError(EndonymError):
    """The release was written but does not pass its checks, so it may not be released."""

    exit_status = 2


class StoppedError(EndonymError):
    """The user stopped the command; what is done is kept."""

    exit_status = 130

    def __init__(self, next_step: str = "") -> None:
        super().__init__("; ".join(filter(None, ("stopped", next_step))))
