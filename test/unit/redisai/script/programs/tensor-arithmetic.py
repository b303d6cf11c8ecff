# Two tensors, or a tensor and a number, element by element, with the dtypes that torch gives the results.


def tensor_1():
    return torch.tensor([1, 2]) + 1  # = INT64[2] 2 3

def tensor_2():
    return torch.tensor([1, 2]) + 1.5  # = FLOAT[2] 2.5 3.5

def tensor_3():
    return 1.5 - torch.tensor([1, 2])  # = FLOAT[2] 0.5 -0.5

def tensor_4():
    return torch.tensor([1.5, 2.0]) + 1  # = FLOAT[2] 2.5 3

def tensor_5():
    return torch.tensor([1, 2]) + torch.tensor([0.5, 0.25])  # = FLOAT[2] 1.5 2.25

def tensor_6():
    return torch.tensor([True, False]) + 1  # = INT64[2] 2 1

def tensor_7():
    return torch.tensor([True, False]) + torch.tensor([True, True])  # = BOOL[2] 1 1

def tensor_8():
    return torch.tensor([True, False]) * torch.tensor([True, True])  # = BOOL[2] 1 0

def tensor_9():
    return torch.tensor([1, 2], dtype=torch.int32) + torch.tensor([1, 2])  # = INT64[2] 2 4

def tensor_10():
    return torch.tensor([1, 2], dtype=torch.int32) + torch.tensor(5)  # = INT32[2] 6 7

def tensor_11():
    return torch.tensor([1.0]) + torch.tensor(5.0, dtype=torch.float64)  # = FLOAT[1] 6

def tensor_12():
    return torch.tensor([1], dtype=torch.uint8) + torch.tensor([1], dtype=torch.int8)  # = INT16[1] 2

def tensor_13():
    return torch.tensor(1) + torch.tensor([0.5])  # = FLOAT[1] 1.5

def tensor_14():
    return torch.tensor([1]) + torch.tensor(0.5)  # = FLOAT[1] 1.5

def tensor_15():
    return torch.tensor([200], dtype=torch.uint8) + torch.tensor([100], dtype=torch.uint8)  # = UINT8[1] 44

def tensor_16():
    return torch.tensor([1, 2]) / 2  # = FLOAT[2] 0.5 1

def tensor_17():
    return torch.tensor([1, 2]) / torch.tensor([2, 4])  # = FLOAT[2] 0.5 0.5

def tensor_18():
    return torch.tensor([7, -7]) // 2  # = INT64[2] 3 -4

def tensor_19():
    return torch.tensor([7.5, -7.5]) // 2  # = FLOAT[2] 3 -4

def tensor_20():
    return torch.tensor([7, -7]) % 3  # = INT64[2] 1 2

def tensor_21():
    return torch.tensor([7.5, -7.5]) % 2  # = FLOAT[2] 1.5 0.5

def fmod_1():
    return torch.fmod(torch.tensor([7.5, -7.5]), 2)  # = FLOAT[2] 1.5 -1.5

def tensor_22():
    return torch.tensor([2, 3]) ** 2  # = INT64[2] 4 9

def tensor_23():
    return torch.tensor([2.0, 3.0]) ** 0.5  # = FLOAT[2] 1.4142 1.7321

def pow_1():
    return torch.pow(2, torch.tensor([1, 2, 3]))  # = INT64[3] 2 4 8

def tensor_24():
    return torch.tensor([2, 3]) ** torch.tensor([2, 3])  # = INT64[2] 4 27

def tensor_25():
    return torch.tensor([1, 2]) ** 0.5  # = FLOAT[2] 1 1.4142

def floor_divide_1():
    return torch.floor_divide(torch.tensor([7, -7]), 2)  # = INT64[2] 3 -4

def remainder_1():
    return torch.remainder(torch.tensor([-7, 7]), -3)  # = INT64[2] -1 -2

def true_divide_1():
    return torch.true_divide(torch.tensor([3]), 2)  # = FLOAT[1] 1.5

def div_1():
    return torch.div(torch.tensor([7.0, -7.0]), 2.0, rounding_mode="trunc")  # = FLOAT[2] 3 -3

def div_2():
    return torch.div(torch.tensor([7.0, -7.0]), 2.0, rounding_mode="floor")  # = FLOAT[2] 3 -4

def divide_1():
    return torch.divide(torch.tensor([3.0]), 2.0)  # = FLOAT[1] 1.5

def multiply_1():
    return torch.multiply(torch.tensor([3.0]), 2.0)  # = FLOAT[1] 6

def subtract_1():
    return torch.subtract(torch.tensor([3.0]), 2.0)  # = FLOAT[1] 1

def add_1():
    return torch.add(torch.tensor([1.0, 2.0]), torch.tensor([10.0, 20.0]), alpha=2)  # = FLOAT[2] 21 42

def sub_1():
    return torch.sub(torch.tensor([1.0, 2.0]), torch.tensor([10.0, 20.0]), alpha=0.5)  # = FLOAT[2] -4 -8

def rsub_1():
    return torch.rsub(torch.tensor([1.0, 2.0]), 5.0)  # = FLOAT[2] 4 3

def tensor_26():
    return torch.tensor([[1.0], [2.0]]) * torch.tensor([10.0, 20.0, 30.0])  # = FLOAT[2, 3] 10 20 30 20 40 60

def tensor_27():
    return torch.tensor([1, 2, 3]) > 2  # = BOOL[3] 0 0 1

def tensor_28():
    return torch.tensor([1, 2, 3]) == torch.tensor([1, 0, 3])  # = BOOL[3] 1 0 1

def tensor_29():
    return torch.tensor([1.5, 2.0]) <= 1.5  # = BOOL[2] 1 0

def ne_1():
    return torch.ne(torch.tensor([1, 2]), 1)  # = BOOL[2] 0 1

def lt_1():
    return torch.lt(torch.tensor([1, 2]), 2)  # = BOOL[2] 1 0

def ge_1():
    return torch.ge(torch.tensor([1, 2]), 2)  # = BOOL[2] 0 1

def not_equal_1():
    return torch.not_equal(torch.tensor([1, 2]), 2)  # = BOOL[2] 1 0

def greater_1():
    return torch.greater(torch.tensor([1, 2]), 1)  # = BOOL[2] 0 1

def less_1():
    return torch.less(torch.tensor([1, 2]), 2)  # = BOOL[2] 1 0

def greater_equal_1():
    return torch.greater_equal(torch.tensor([1, 2]), 2)  # = BOOL[2] 0 1

def less_equal_1():
    return torch.less_equal(torch.tensor([1, 2]), 1)  # = BOOL[2] 1 0

def eq_1():
    return torch.eq(torch.tensor([1, 2]), 2)  # = BOOL[2] 0 1

def gt_1():
    return torch.gt(torch.tensor([1, 2]), 1.5)  # = BOOL[2] 0 1

def le_1():
    return torch.le(torch.tensor([1, 2]), 1.5)  # = BOOL[2] 1 0

def tensor_30():
    return torch.tensor([True, False]) & torch.tensor([True, True])  # = BOOL[2] 1 0

def tensor_31():
    return torch.tensor([6, 5]) & 3  # = INT64[2] 2 1

def tensor_32():
    return torch.tensor([6, 5]) | torch.tensor([1, 2])  # = INT64[2] 7 7

def tensor_33():
    return torch.tensor([True, False]) ^ torch.tensor([True, True])  # = BOOL[2] 0 1

def bitwise_and_1():
    return torch.bitwise_and(torch.tensor([6]), torch.tensor([3]))  # = INT64[1] 2

def bitwise_or_1():
    return torch.bitwise_or(torch.tensor([6]), torch.tensor([3]))  # = INT64[1] 7

def bitwise_xor_1():
    return torch.bitwise_xor(torch.tensor([6]), torch.tensor([3]))  # = INT64[1] 5

def logical_and_1():
    return torch.logical_and(torch.tensor([0.0, 2.0]), torch.tensor([1.0, 1.0]))  # = BOOL[2] 0 1

def logical_or_1():
    return torch.logical_or(torch.tensor([0, 2]), torch.tensor([0, 0]))  # = BOOL[2] 0 1

def logical_xor_1():
    return torch.logical_xor(torch.tensor([0, 2]), torch.tensor([1, 1]))  # = BOOL[2] 1 0

def maximum_1():
    return torch.maximum(torch.tensor([1, 5]), torch.tensor([3, 2]))  # = INT64[2] 3 5

def minimum_1():
    return torch.minimum(torch.tensor([1.5, 5.0]), torch.tensor([3, 2]))  # = FLOAT[2] 1.5 2

def max_1():
    return torch.max(torch.tensor([1, 5]), torch.tensor([3, 2]))  # = INT64[2] 3 5

def min_1():
    return torch.min(torch.tensor([1, 5]), torch.tensor([3, 2]))  # = INT64[2] 1 2

def fmax_1():
    return torch.fmax(torch.tensor([1.0]), torch.tensor([2.0]))  # = FLOAT[1] 2

def fmin_1():
    return torch.fmin(torch.tensor([1.0]), torch.tensor([2.0]))  # = FLOAT[1] 1

def atan2_1():
    return torch.atan2(torch.tensor([1.0]), torch.tensor([-1.0]))  # = FLOAT[1] 2.3562

def addcmul_1():
    return torch.addcmul(torch.tensor([1.0]), torch.tensor([2.0]), torch.tensor([3.0]), value=0.5)  # = FLOAT[1] 4

def lerp_1():
    return torch.lerp(torch.tensor([1.0]), torch.tensor([3.0]), 0.25)  # = FLOAT[1] 1.5

def tensor_34():
    return torch.tensor([1.0, 2.0]).add_(1)  # = FLOAT[2] 2 3

def tensor_35():
    return torch.tensor([1.0, 2.0]).sub_(torch.tensor([0.5, 0.5]))  # = FLOAT[2] 0.5 1.5

def tensor_36():
    return torch.tensor([1.0, 2.0]).mul_(3)  # = FLOAT[2] 3 6

def tensor_37():
    return torch.tensor([1.0, 2.0]).div_(4)  # = FLOAT[2] 0.25 0.5

def tensor_38():
    return torch.tensor([0.1, 0.2]) * 3  # = FLOAT[2] 0.3 0.6

def tensor_39():
    return torch.tensor([16777216.0]) + 1.0  # = FLOAT[1] 16777216

def tensor_40():
    return 1 / torch.tensor([2, 4])  # = FLOAT[2] 0.5 0.25

def tensor_41():
    return 2 - torch.tensor([1.5])  # = FLOAT[1] 0.5

def tensor_42():
    return 3 > torch.tensor([1, 5])  # = BOOL[2] 1 0
