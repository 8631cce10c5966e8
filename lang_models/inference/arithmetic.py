"""Arithmetic of the kernels that gives the same bits on every processor.

No library's exponential and no freedom for the compiler: sums keep their order, and products are
not fused into them. So a corpus called on one machine is called the same on any other.
"""

import numpy as np
from numba import njit, types

_F32 = types.float32
_LOG2_E = np.float32(1.4426950408889634)
#: The logarithm of 2 in two parts: multiples of the first below 2^15 are exact in float32
#: (Cody and Waite 1980).
_LN_2_HIGH, _LN_2_LOW = np.float32(0.693359375), np.float32(-2.12194440e-4)
#: The series of the exponential to the 7th power: within 6e-9 of it for up to half of ln 2.
_7, _6, _5 = np.float32(1 / 5040), np.float32(1 / 720), np.float32(1 / 120)
_4, _3, _2, _1 = np.float32(1 / 24), np.float32(1 / 6), np.float32(1 / 2), np.float32(1)
_BIAS, _MANTISSA_BITS = np.int32(127), np.int32(23)
#: Beyond, the result would be no normal float32.
_LIMIT = np.float32(87)
#: Every second bit, every second pair, every second four, and a one in each byte.
_BITS, _PAIRS = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333)
_FOURS, _BYTES = np.uint64(0x0F0F0F0F0F0F0F0F), np.uint64(0x0101010101010101)


@njit(types.int64(types.uint64), cache=True, nogil=True)
def ones(bits: np.uint64) -> np.int64:
    """How many bits are set; the compiler knows this form and makes one instruction of it.

    >>> ones(0), ones(5)
    (0, 2)
    """
    bits -= (bits >> np.uint64(1)) & _BITS
    bits = (bits & _PAIRS) + ((bits >> np.uint64(2)) & _PAIRS)
    bits = (bits + (bits >> np.uint64(4))) & _FOURS
    return np.int64(bits * _BYTES >> np.uint64(56))


@njit(_F32(_F32), cache=True, nogil=True, error_model="numpy", inline="always")
def exponential(x: np.float32) -> np.float32:
    """Euler's number to the power of x, within 2e-7 of it.

    Taken are 87 for what is more, -87 for what is less and for NaN.

    >>> float(exponential(np.float32(0)))
    1.0
    """
    x = x if x > -_LIMIT else -_LIMIT  # noqa: FURB136  # max() would keep NaN
    x = x if x < _LIMIT else _LIMIT  # noqa: FURB136
    power = np.floor(x * _LOG2_E + _2)
    rest = (x - power * _LN_2_HIGH) - power * _LN_2_LOW
    series = ((_7 * rest + _6) * rest + _5) * rest + _4
    series = (((series * rest + _3) * rest + _2) * rest + _1) * rest + _1
    two_to_the_power = np.int32((np.int32(power) + _BIAS) << _MANTISSA_BITS).view(np.float32)
    return series * two_to_the_power
