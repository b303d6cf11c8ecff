# One tensor, element by element.


def exp_1():
    return torch.exp(torch.tensor([0.5, -0.25, 0.75]))  # = FLOAT[3] 1.6487 0.7788 2.117

def expm1_1():
    return torch.expm1(torch.tensor([0.5, -0.25, 0.75]))  # = FLOAT[3] 0.64872 -0.2212 1.117

def sin_1():
    return torch.sin(torch.tensor([0.5, -0.25, 0.75]))  # = FLOAT[3] 0.47943 -0.2474 0.68164

def cos_1():
    return torch.cos(torch.tensor([0.5, -0.25, 0.75]))  # = FLOAT[3] 0.87758 0.96891 0.73169

def tan_1():
    return torch.tan(torch.tensor([0.5, -0.25, 0.75]))  # = FLOAT[3] 0.5463 -0.25534 0.9316

def asin_1():
    return torch.asin(torch.tensor([0.5, -0.25, 0.75]))  # = FLOAT[3] 0.5236 -0.25268 0.84806

def acos_1():
    return torch.acos(torch.tensor([0.5, -0.25, 0.75]))  # = FLOAT[3] 1.0472 1.8235 0.72273

def atan_1():
    return torch.atan(torch.tensor([0.5, -0.25, 0.75]))  # = FLOAT[3] 0.46365 -0.24498 0.6435

def sinh_1():
    return torch.sinh(torch.tensor([0.5, -0.25, 0.75]))  # = FLOAT[3] 0.5211 -0.25261 0.82232

def cosh_1():
    return torch.cosh(torch.tensor([0.5, -0.25, 0.75]))  # = FLOAT[3] 1.1276 1.0314 1.2947

def tanh_1():
    return torch.tanh(torch.tensor([0.5, -0.25, 0.75]))  # = FLOAT[3] 0.46212 -0.24492 0.63515

def erf_1():
    return torch.erf(torch.tensor([0.5, -0.25, 0.75]))  # = FLOAT[3] 0.5205 -0.27633 0.71116

def sigmoid_1():
    return torch.sigmoid(torch.tensor([0.5, -0.25, 0.75]))  # = FLOAT[3] 0.62246 0.43782 0.67918

def reciprocal_1():
    return torch.reciprocal(torch.tensor([0.5, -0.25, 0.75]))  # = FLOAT[3] 2 -4 1.3333

def log_1():
    return torch.log(torch.tensor([0.5, 2.0, 16.0]))  # = FLOAT[3] -0.69315 0.69315 2.7726

def log2_1():
    return torch.log2(torch.tensor([0.5, 2.0, 16.0]))  # = FLOAT[3] -1 1 4

def log10_1():
    return torch.log10(torch.tensor([0.5, 2.0, 16.0]))  # = FLOAT[3] -0.30103 0.30103 1.2041

def log1p_1():
    return torch.log1p(torch.tensor([0.5, 2.0, 16.0]))  # = FLOAT[3] 0.40547 1.0986 2.8332

def sqrt_1():
    return torch.sqrt(torch.tensor([0.5, 2.0, 16.0]))  # = FLOAT[3] 0.70711 1.4142 4

def rsqrt_1():
    return torch.rsqrt(torch.tensor([0.5, 2.0, 16.0]))  # = FLOAT[3] 1.4142 0.70711 0.25

def neg_1():
    return torch.neg(torch.tensor([1.5, -2.5, 0.5, -0.4]))  # = FLOAT[4] -1.5 2.5 -0.5 0.4

def abs_1():
    return torch.abs(torch.tensor([1.5, -2.5, 0.5, -0.4]))  # = FLOAT[4] 1.5 2.5 0.5 0.4

def sign_1():
    return torch.sign(torch.tensor([1.5, -2.5, 0.5, -0.4]))  # = FLOAT[4] 1 -1 1 -1

def square_1():
    return torch.square(torch.tensor([1.5, -2.5, 0.5, -0.4]))  # = FLOAT[4] 2.25 6.25 0.25 0.16

def floor_1():
    return torch.floor(torch.tensor([1.5, -2.5, 0.5, -0.4]))  # = FLOAT[4] 1 -3 0 -1

def ceil_1():
    return torch.ceil(torch.tensor([1.5, -2.5, 0.5, -0.4]))  # = FLOAT[4] 2 -2 1 0

def trunc_1():
    return torch.trunc(torch.tensor([1.5, -2.5, 0.5, -0.4]))  # = FLOAT[4] 1 -2 0 0

def round_1():
    return torch.round(torch.tensor([1.5, -2.5, 0.5, -0.4]))  # = FLOAT[4] 2 -2 0 0

def frac_1():
    return torch.frac(torch.tensor([1.5, -2.5, 0.5, -0.4]))  # = FLOAT[4] 0.5 -0.5 0.5 -0.4

def relu_1():
    return torch.relu(torch.tensor([1.5, -2.5, 0.5, -0.4]))  # = FLOAT[4] 1.5 0 0.5 0

def negative_1():
    return torch.negative(torch.tensor([1.5, -2.5, 0.5, -0.4]))  # = FLOAT[4] -1.5 2.5 -0.5 0.4

def absolute_1():
    return torch.absolute(torch.tensor([1.5, -2.5, 0.5, -0.4]))  # = FLOAT[4] 1.5 2.5 0.5 0.4

def sgn_1():
    return torch.sgn(torch.tensor([1.5, -2.5, 0.5, -0.4]))  # = FLOAT[4] 1 -1 1 -1

def fix_1():
    return torch.fix(torch.tensor([1.5, -2.5, 0.5, -0.4]))  # = FLOAT[4] 1 -2 0 0

def isnan_1():
    return torch.isnan(torch.tensor([1.5, -2.5, 0.5, -0.4]))  # = BOOL[4] 0 0 0 0

def neg_2():
    return torch.neg(torch.tensor([1, -2, 0]))  # = INT64[3] -1 2 0

def abs_2():
    return torch.abs(torch.tensor([1, -2, 0]))  # = INT64[3] 1 2 0

def sign_2():
    return torch.sign(torch.tensor([1, -2, 0]))  # = INT64[3] 1 -1 0

def square_2():
    return torch.square(torch.tensor([1, -2, 0]))  # = INT64[3] 1 4 0

def relu_2():
    return torch.relu(torch.tensor([1, -2, 0]))  # = INT64[3] 1 0 0

def exp_2():
    return torch.exp(torch.tensor([1, -2, 0]))  # = FLOAT[3] 2.7183 0.13534 1

def sqrt_2():
    return torch.sqrt(torch.tensor([1, -2, 0]))  # = FLOAT[3] 1 nan 0

def floor_2():
    return torch.floor(torch.tensor([1, -2, 0]))  # = INT64[3] 1 -2 0

def round_2():
    return torch.round(torch.tensor([1, -2, 0]))  # = INT64[3] 1 -2 0

def isinf_1():
    return torch.isinf(torch.tensor([1.0, float("inf"), float("-inf"), float("nan")]))  # = BOOL[4] 0 1 1 0

def isfinite_1():
    return torch.isfinite(torch.tensor([1.0, float("inf"), float("-inf"), float("nan")]))  # = BOOL[4] 1 0 0 0

def isnan_2():
    return torch.isnan(torch.tensor([1.0, float("inf"), float("nan")]))  # = BOOL[3] 0 0 1

def isposinf_1():
    return torch.isposinf(torch.tensor([1.0, float("inf")]))  # = BOOL[2] 0 1

def isneginf_1():
    return torch.isneginf(torch.tensor([1.0, float("-inf")]))  # = BOOL[2] 0 1

def signbit_1():
    return torch.signbit(torch.tensor([1.0, -1.0]))  # = BOOL[2] 0 1

def logical_not_1():
    return torch.logical_not(torch.tensor([0.0, 2.0]))  # = BOOL[2] 1 0

def bitwise_not_1():
    return torch.bitwise_not(torch.tensor([1, -5]))  # = INT64[2] -2 4

def tensor_1():
    return ~torch.tensor([True, False])  # = BOOL[2] 0 1

def tensor_2():
    return -torch.tensor([1.5, 2.0])  # = FLOAT[2] -1.5 -2

def positive_1():
    return torch.positive(torch.tensor([1.5]))  # = FLOAT[1] 1.5

def clamp_1():
    return torch.clamp(torch.tensor([-2.0, 0.5, 9.0]), -1, 1)  # = FLOAT[3] -1 0.5 1

def clamp_2():
    return torch.clamp(torch.tensor([-2, 5, 9]), min=0)  # = INT64[3] 0 5 9

def tensor_3():
    return torch.tensor([-2.0, 5.0]).clamp(max=1.5)  # = FLOAT[2] -2 1.5

def clamp_3():
    return torch.clamp(torch.tensor([1.0, 5.0]), min=torch.tensor([2.0, 2.0]))  # = FLOAT[2] 2 5

def clip_1():
    return torch.clip(torch.tensor([-2.0, 5.0]), 0.0, 1.0)  # = FLOAT[2] 0 1

def clamp_min_1():
    return torch.clamp_min(torch.tensor([-2.0, 5.0]), 0)  # = FLOAT[2] 0 5

def clamp_max_1():
    return torch.clamp_max(torch.tensor([-2.0, 5.0]), 0)  # = FLOAT[2] -2 0

def hardtanh_1():
    return torch.hardtanh(torch.tensor([-2.0, 0.5]))  # = FLOAT[2] -1 0.5

def nan_to_num_1():
    return torch.nan_to_num(torch.tensor([float("nan"), 1.0]), 7.0)  # = FLOAT[2] 7 1

def threshold_1():
    return torch.threshold(torch.tensor([0.5, 2.0]), 1.0, 9.0)  # = FLOAT[2] 9 2

def logit_1():
    return torch.logit(torch.tensor([0.25, 0.5]))  # = FLOAT[2] -1.0986 0

def logit_2():
    return torch.logit(torch.tensor([0.0, 0.5]), 0.1)  # = FLOAT[2] -2.1972 0

def gelu_1():
    return torch.nn.functional.gelu(torch.tensor([-1.0, 0.5]))  # = FLOAT[2] -0.15866 0.34573

def gelu_2():
    return torch.nn.functional.gelu(torch.tensor([-1.0, 0.5]), approximate="tanh")  # = FLOAT[2] -0.15881 0.34571

def softplus_1():
    return torch.nn.functional.softplus(torch.tensor([-1.0, 30.0]))  # = FLOAT[2] 0.31326 30

def leaky_relu_1():
    return torch.nn.functional.leaky_relu(torch.tensor([-1.0, 0.5]))  # = FLOAT[2] -0.01 0.5

def leaky_relu_2():
    return torch.nn.functional.leaky_relu(torch.tensor([-1.0, 0.5]), 0.2)  # = FLOAT[2] -0.2 0.5

def elu_1():
    return torch.nn.functional.elu(torch.tensor([-1.0, 0.5]))  # = FLOAT[2] -0.63212 0.5

def elu_2():
    return torch.nn.functional.elu(torch.tensor([-1.0, 0.5]), 0.5)  # = FLOAT[2] -0.31606 0.5

def selu_1():
    return torch.nn.functional.selu(torch.tensor([-1.0, 0.5]))  # = FLOAT[2] -1.1113 0.52535

def silu_1():
    return torch.nn.functional.silu(torch.tensor([-1.0, 0.5]))  # = FLOAT[2] -0.26894 0.31123

def logsigmoid_1():
    return torch.nn.functional.logsigmoid(torch.tensor([-1.0, 0.5]))  # = FLOAT[2] -1.3133 -0.47408

def softsign_1():
    return torch.nn.functional.softsign(torch.tensor([-1.0, 0.5]))  # = FLOAT[2] -0.5 0.33333

def relu6_1():
    return torch.nn.functional.relu6(torch.tensor([-1.0, 7.5]))  # = FLOAT[2] 0 6

def relu_3():
    return torch.nn.functional.relu(torch.tensor([-1.0, 7.5]))  # = FLOAT[2] 0 7.5

def hardtanh_2():
    return torch.nn.functional.hardtanh(torch.tensor([-2.0, 0.5]), -1.0, 0.25)  # = FLOAT[2] -1 0.25

def round_3():
    return torch.round(torch.tensor([1.2345]), decimals=2)  # = FLOAT[1] 1.23

def tensor_4():
    return torch.tensor([1.0, -2.0]).relu_()  # = FLOAT[2] 1 0

def tensor_5():
    return torch.tensor([1.0, 4.0]).sqrt_()  # = FLOAT[2] 1 2

def tensor_6():
    return torch.tensor([-3.0, 4.0]).clamp_(0.0, 1.0)  # = FLOAT[2] 0 1

def exp_3():
    return torch.exp(torch.tensor([1.0, 2.0], dtype=torch.float64))  # = DOUBLE[2] 2.7183 7.3891
