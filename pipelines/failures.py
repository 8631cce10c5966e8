"""What a person is told when a step fails: the place in the code, and nothing of a document.

The messages of libraries may quote what they could not read, so none of them is passed on.
"""

import re
import traceback

from schemas.errors import EndonymError, FailedError, InputError

_TOLD = re.compile(r"InputError: (.*?)(?: \[while running |$)", re.DOTALL)
_STEP = re.compile(r"\[while running '([^']+)'")
_FRAME = re.compile(
    r'File "[^"\n]*?((?:pipelines|governance|lang_models|schemas)/[^"\n]+)", line (\d+)'
)
_KIND = re.compile(r"^([A-Za-z_][\w.]*(?:Error|Exception|Interrupt|Exit)\w*)(?=:|$)", re.MULTILINE)


def failure(error: BaseException) -> EndonymError:
    """The error of a run as a person is told it.

    Args:
        error: what Beam passes on, from a worker of this process or of another one.

    Returns:
        An `InputError` when a worker found something wrong with the input or the disk, else
        a `FailedError` that names the kind of error, the step and the line of ours.
    """
    if isinstance(error, InputError):
        return InputError(str(error).partition(" [while running ")[0])
    told = _TOLD.findall(str(error))
    if told:
        return InputError(str(told[-1]).strip())
    written = "".join(traceback.format_exception(error))
    steps, frames, kinds = _STEP.findall(written), _FRAME.findall(written), _KIND.findall(written)
    kind = kinds[-1] if type(error) is RuntimeError and kinds else type(error).__name__
    step = f" in step {steps[0].partition('-')[0]!r}" if steps else ""
    place = f" at {frames[-1][0]}:{frames[-1][1]}" if frames else ""
    return FailedError(f"the run stopped{step}: {kind.rpartition('.')[2]}{place}")
