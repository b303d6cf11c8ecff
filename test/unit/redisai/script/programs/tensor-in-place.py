# Forms with an underscore write into their operand.


def exp_():
    x = torch.tensor([0.5, 0.25])
    x.exp_()
    return x  # = FLOAT[2] 1.6487 1.284

def expm1_():
    x = torch.tensor([0.5, 0.25])
    x.expm1_()
    return x  # = FLOAT[2] 0.64872 0.28403

def log_():
    x = torch.tensor([0.5, 0.25])
    x.log_()
    return x  # = FLOAT[2] -0.69315 -1.3863

def log2_():
    x = torch.tensor([0.5, 0.25])
    x.log2_()
    return x  # = FLOAT[2] -1 -2

def log10_():
    x = torch.tensor([0.5, 0.25])
    x.log10_()
    return x  # = FLOAT[2] -0.30103 -0.60206

def log1p_():
    x = torch.tensor([0.5, 0.25])
    x.log1p_()
    return x  # = FLOAT[2] 0.40547 0.22314

def rsqrt_():
    x = torch.tensor([0.5, 0.25])
    x.rsqrt_()
    return x  # = FLOAT[2] 1.4142 2

def reciprocal_():
    x = torch.tensor([0.5, 0.25])
    x.reciprocal_()
    return x  # = FLOAT[2] 2 4

def sin_():
    x = torch.tensor([0.5, 0.25])
    x.sin_()
    return x  # = FLOAT[2] 0.47943 0.2474

def cos_():
    x = torch.tensor([0.5, 0.25])
    x.cos_()
    return x  # = FLOAT[2] 0.87758 0.96891

def tan_():
    x = torch.tensor([0.5, 0.25])
    x.tan_()
    return x  # = FLOAT[2] 0.5463 0.25534

def asin_():
    x = torch.tensor([0.5, 0.25])
    x.asin_()
    return x  # = FLOAT[2] 0.5236 0.25268

def acos_():
    x = torch.tensor([0.5, 0.25])
    x.acos_()
    return x  # = FLOAT[2] 1.0472 1.3181

def atan_():
    x = torch.tensor([0.5, 0.25])
    x.atan_()
    return x  # = FLOAT[2] 0.46365 0.24498

def sinh_():
    x = torch.tensor([0.5, 0.25])
    x.sinh_()
    return x  # = FLOAT[2] 0.5211 0.25261

def cosh_():
    x = torch.tensor([0.5, 0.25])
    x.cosh_()
    return x  # = FLOAT[2] 1.1276 1.0314

def tanh_():
    x = torch.tensor([0.5, 0.25])
    x.tanh_()
    return x  # = FLOAT[2] 0.46212 0.24492

def erf_():
    x = torch.tensor([0.5, 0.25])
    x.erf_()
    return x  # = FLOAT[2] 0.5205 0.27633

def sigmoid_():
    x = torch.tensor([0.5, 0.25])
    x.sigmoid_()
    return x  # = FLOAT[2] 0.62246 0.56218

def negative_():
    x = torch.tensor([0.5, 0.25])
    x.negative_()
    return x  # = FLOAT[2] -0.5 -0.25

def abs_():
    x = torch.tensor([0.5, 0.25])
    x.abs_()
    return x  # = FLOAT[2] 0.5 0.25

def absolute_():
    x = torch.tensor([0.5, 0.25])
    x.absolute_()
    return x  # = FLOAT[2] 0.5 0.25

def sign_():
    x = torch.tensor([0.5, 0.25])
    x.sign_()
    return x  # = FLOAT[2] 1 1

def sgn_():
    x = torch.tensor([0.5, 0.25])
    x.sgn_()
    return x  # = FLOAT[2] 1 1

def square_():
    x = torch.tensor([0.5, 0.25])
    x.square_()
    return x  # = FLOAT[2] 0.25 0.0625

def floor_():
    x = torch.tensor([0.5, 0.25])
    x.floor_()
    return x  # = FLOAT[2] 0 0

def ceil_():
    x = torch.tensor([0.5, 0.25])
    x.ceil_()
    return x  # = FLOAT[2] 1 1

def trunc_():
    x = torch.tensor([0.5, 0.25])
    x.trunc_()
    return x  # = FLOAT[2] 0 0

def fix_():
    x = torch.tensor([0.5, 0.25])
    x.fix_()
    return x  # = FLOAT[2] 0 0

def round_():
    x = torch.tensor([0.5, 0.25])
    x.round_()
    return x  # = FLOAT[2] 0 0

def frac_():
    x = torch.tensor([0.5, 0.25])
    x.frac_()
    return x  # = FLOAT[2] 0.5 0.25

def logical_not_():
    x = torch.tensor([0.5, 0.25])
    x.logical_not_()
    return x  # = FLOAT[2] 0 0

def subtract_():
    x = torch.tensor([7.0, -2.0])
    x.subtract_(2)
    return x  # = FLOAT[2] 5 -4

def floor_divide_():
    x = torch.tensor([7.0, -2.0])
    x.floor_divide_(2)
    return x  # = FLOAT[2] 3 -1

def remainder_():
    x = torch.tensor([7.0, -2.0])
    x.remainder_(2)
    return x  # = FLOAT[2] 1 0

def fmod_():
    x = torch.tensor([7.0, -2.0])
    x.fmod_(2)
    return x  # = FLOAT[2] 1 0

def pow_():
    x = torch.tensor([7.0, -2.0])
    x.pow_(2)
    return x  # = FLOAT[2] 49 4

def eq_():
    x = torch.tensor([7.0, -2.0])
    x.eq_(2)
    return x  # = FLOAT[2] 0 0

def ne_():
    x = torch.tensor([7.0, -2.0])
    x.ne_(2)
    return x  # = FLOAT[2] 1 1

def lt_():
    x = torch.tensor([7.0, -2.0])
    x.lt_(2)
    return x  # = FLOAT[2] 0 1

def le_():
    x = torch.tensor([7.0, -2.0])
    x.le_(2)
    return x  # = FLOAT[2] 0 1

def gt_():
    x = torch.tensor([7.0, -2.0])
    x.gt_(2)
    return x  # = FLOAT[2] 1 0

def ge_():
    x = torch.tensor([7.0, -2.0])
    x.ge_(2)
    return x  # = FLOAT[2] 1 0

def multiply_():
    x = torch.tensor([7.0, -2.0])
    x.multiply_(2)
    return x  # = FLOAT[2] 14 -4

def divide_():
    x = torch.tensor([7.0, -2.0])
    x.divide_(2)
    return x  # = FLOAT[2] 3.5 -1

def true_divide_():
    x = torch.tensor([7.0, -2.0])
    x.true_divide_(2)
    return x  # = FLOAT[2] 3.5 -1

def not_equal_():
    x = torch.tensor([7.0, -2.0])
    x.not_equal_(2)
    return x  # = FLOAT[2] 1 1

def less_():
    x = torch.tensor([7.0, -2.0])
    x.less_(2)
    return x  # = FLOAT[2] 0 1

def less_equal_():
    x = torch.tensor([7.0, -2.0])
    x.less_equal_(2)
    return x  # = FLOAT[2] 0 1

def greater_():
    x = torch.tensor([7.0, -2.0])
    x.greater_(2)
    return x  # = FLOAT[2] 1 0

def greater_equal_():
    x = torch.tensor([7.0, -2.0])
    x.greater_equal_(2)
    return x  # = FLOAT[2] 1 0

def bitwise_and_():
    x = torch.tensor([7, 2])
    x.bitwise_and_(torch.tensor([3, 3]))
    return x  # = INT64[2] 3 2

def bitwise_or_():
    x = torch.tensor([7, 2])
    x.bitwise_or_(torch.tensor([3, 3]))
    return x  # = INT64[2] 7 3

def bitwise_xor_():
    x = torch.tensor([7, 2])
    x.bitwise_xor_(torch.tensor([3, 3]))
    return x  # = INT64[2] 4 1

def relu6_():
    x = torch.tensor([7.0, -2.0])
    torch.relu6_(x)
    return x  # = FLOAT[2] 6 0

def silu_():
    x = torch.tensor([7.0, -2.0])
    torch.silu_(x)
    return x  # = FLOAT[2] 6.9936 -0.23841

def selu_():
    x = torch.tensor([7.0, -2.0])
    torch.selu_(x)
    return x  # = FLOAT[2] 7.3549 -1.5202

def mul_takes_a_number():
    return torch.mul(torch.tensor([1.5, 2.0]), 2)  # = FLOAT[2] 3 4

def more_makers():
    return torch.empty_like(torch.zeros(0)), torch.zeros(1).new_empty([0]), torch.zeros(2, 2).ndimension(), torch.ones(1).requires_grad_(False)  # = [FLOAT[0], FLOAT[0], 2, FLOAT[1] 1]
