# Numbers and math.


def value_1():
    return 7 // 2  # = 3

def value_2():
    return -7 // 2  # = -4

def value_3():
    return 7 % -3  # = -2

def value_4():
    return -7 % 3  # = 2

def value_5():
    return 7 / 2  # = 3.5

def value_6():
    return 1 / 0  # = inf

def value_7():
    return -7.5 // 2  # = -4

def value_8():
    return -7.5 % 2  # = 0.5

def value_9():
    return 7.5 % -2.0  # = -0.5

def value_10():
    return 2 ** 10  # = 1024

def value_11():
    return 2 ** -1  # = 0.5

def value_12():
    return 2.0 ** 0.5  # = 1.4142

def value_13():
    return 7 & 5  # = 5

def value_14():
    return 6 | 1  # = 7

def value_15():
    return 6 ^ 3  # = 5

def value_16():
    return 1 << 40  # = 1099511627776

def value_17():
    return -7 >> 1  # = -4

def value_18():
    return ~5  # = -6

def value_19():
    return -(-3)  # = 3

def value_20():
    return +4  # = 4

def abs_1():
    return abs(-3)  # = 3

def abs_2():
    return abs(-3.5)  # = 3.5

def min_1():
    return min(3, 5)  # = 3

def max_1():
    return max(3.5, 2.0)  # = 3.5

def min_2():
    return min(1, 2.5)  # = 1

def round_1():
    return round(2.5)  # = 2

def round_2():
    return round(3.5)  # = 4

def round_3():
    return round(-2.6)  # = -3

def divmod_1():
    return divmod(-7, 2)  # = [-4, 1]

def divmod_2():
    return divmod(7.5, 2.0)  # = [3, 1.5]

def int_1():
    return int(-2.7)  # = -2

def int_2():
    return int("12")  # = 12

def int_3():
    return int(True)  # = 1

def float_1():
    return float("1e3")  # = 1000

def float_2():
    return float("  12")  # = 12

def float_3():
    return float("0x1p3")  # = 8

def float_4():
    return float("-.5")  # = -0.5

def float_5():
    return float("inf")  # = inf

def float_6():
    return float(3)  # = 3

def bool_1():
    return bool(0)  # = False

def bool_2():
    return bool(2.5)  # = True

def value_21():
    return 1 < 2  # = True

def value_22():
    return 1 < 2 < 3  # = True

def value_23():
    return 3 > 2 > 2  # = False

def value_24():
    return 1 == 1.0  # = True

def value_25():
    return not 1  # = False

def value_26():
    return 2.5 if True else 3.5  # = 2.5

def value_27():
    return 0.1 + 0.2  # = 0.3

def value_28():
    return 5 - 3 - 1  # = 1

def value_29():
    return 2 + 3 * 4  # = 14

def value_30():
    return (2 + 3) * 4  # = 20

def value_31():
    return -2 ** 2  # = -4

def value_32():
    return 0xff  # = 255

def value_33():
    return 0b101  # = 5

def value_34():
    return 1_000  # = 1000

def value_35():
    return 1e-3  # = 0.001

def value_36():
    return .5  # = 0.5

def value_37():
    return 5.  # = 5

def value_38():
    return True and False  # = False

def value_39():
    return True or False  # = True

def value_40():
    return 1 if 3 else 2  # = 1

def sqrt_1():
    return math.sqrt(0.5)  # = 0.70711

def exp_1():
    return math.exp(0.5)  # = 1.6487

def expm1_1():
    return math.expm1(0.5)  # = 0.64872

def log_1():
    return math.log(0.5)  # = -0.69315

def log2_1():
    return math.log2(0.5)  # = -1

def log10_1():
    return math.log10(0.5)  # = -0.30103

def log1p_1():
    return math.log1p(0.5)  # = 0.40547

def sin_1():
    return math.sin(0.5)  # = 0.47943

def cos_1():
    return math.cos(0.5)  # = 0.87758

def tan_1():
    return math.tan(0.5)  # = 0.5463

def asin_1():
    return math.asin(0.5)  # = 0.5236

def acos_1():
    return math.acos(0.5)  # = 1.0472

def atan_1():
    return math.atan(0.5)  # = 0.46365

def sinh_1():
    return math.sinh(0.5)  # = 0.5211

def cosh_1():
    return math.cosh(0.5)  # = 1.1276

def tanh_1():
    return math.tanh(0.5)  # = 0.46212

def asinh_1():
    return math.asinh(0.5)  # = 0.48121

def atanh_1():
    return math.atanh(0.5)  # = 0.54931

def fabs_1():
    return math.fabs(0.5)  # = 0.5

def floor_1():
    return math.floor(0.5)  # = 0

def ceil_1():
    return math.ceil(0.5)  # = 1

def trunc_1():
    return math.trunc(0.5)  # = 0

def degrees_1():
    return math.degrees(0.5)  # = 28.648

def radians_1():
    return math.radians(0.5)  # = 0.0087266

def isnan_1():
    return math.isnan(0.5)  # = False

def isinf_1():
    return math.isinf(0.5)  # = False

def isfinite_1():
    return math.isfinite(0.5)  # = True

def acosh_1():
    return math.acosh(1.5)  # = 0.96242

def floor_2():
    return math.floor(-2.5)  # = -3

def ceil_2():
    return math.ceil(-2.5)  # = -2

def pow_1():
    return math.pow(2.0, 3.0)  # = 8

def atan2_1():
    return math.atan2(1.0, -1.0)  # = 2.3562

def fmod_1():
    return math.fmod(-7.5, 2.0)  # = -1.5

def copysign_1():
    return math.copysign(2.0, -0.5)  # = -2

def gcd_1():
    return math.gcd(12, 18)  # = 6

def factorial_1():
    return math.factorial(5)  # = 120

def pi_1():
    return math.pi  # = 3.1416

def e_1():
    return math.e  # = 2.7183

def inf_1():
    return math.inf  # = inf

def sqrt_2():
    return math.sqrt(4)  # = 2

def log_2():
    return math.log(8, 2)  # = 3

def str_1():
    return str(1.0)  # = "1."

def str_2():
    return str(0.1)  # = "0.10000000000000001"

def str_3():
    return str(1e20)  # = "1e+20"

def str_4():
    return str(12)  # = "12"

def str_5():
    return str(True)  # = "True"

def str_6():
    return str([1.5, 2.0])  # = "[1.5, 2.]"

def str_7():
    return str((1, "a"))  # = "(1, a)"

def str_8():
    return str(None)  # = "None"

def str_9():
    return str({"a": 1})  # = "{a: 1}"

def str_10():
    return str(1e10)  # = "10000000000."

def str_11():
    return str(123456.789)  # = "123456.789"

def str_12():
    return str(-1.5)  # = "-1.5"

def str_13():
    return str(1e-7)  # = "9.9999999999999995e-08"

def str_14():
    return str(["a"])  # = "[a]"

def str_15():
    return str(float("inf"))  # = "inf"

def str_16():
    return str(2.5e10)  # = "25000000000."
