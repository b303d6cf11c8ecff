# Tensors made from nothing, from numbers, or in the image of another.


def zeros_1():
    return torch.zeros(2)  # = FLOAT[2] 0 0

def zeros_2():
    return torch.zeros(2, 3)  # = FLOAT[2, 3] 0 0 0 0 0 0

def zeros_3():
    return torch.zeros([2, 3], dtype=torch.int64)  # = INT64[2, 3] 0 0 0 0 0 0

def ones_1():
    return torch.ones(2, dtype=torch.bool)  # = BOOL[2] 1 1

def empty_1():
    return torch.empty(0, 3)  # = FLOAT[0, 3]

def full_1():
    return torch.full([2], 7)  # = INT64[2] 7 7

def full_2():
    return torch.full([2, 2], 1.5)  # = FLOAT[2, 2] 1.5 1.5 1.5 1.5

def full_3():
    return torch.full([2], 3, dtype=torch.float64)  # = DOUBLE[2] 3 3

def zeros_like_1():
    return torch.zeros_like(torch.tensor([1, 2]))  # = INT64[2] 0 0

def ones_like_1():
    return torch.ones_like(torch.tensor([1.5]), dtype=torch.int32)  # = INT32[1] 1

def full_like_1():
    return torch.full_like(torch.tensor([1.5, 2.0]), 3)  # = FLOAT[2] 3 3

def tensor_1():
    return torch.tensor([1.0]).new_zeros(2)  # = FLOAT[2] 0 0

def tensor_2():
    return torch.tensor([1]).new_ones([2])  # = INT64[2] 1 1

def tensor_3():
    return torch.tensor([1]).new_full([2], 4)  # = INT64[2] 4 4

def tensor_4():
    return torch.tensor(5)  # = INT64[] 5

def tensor_5():
    return torch.tensor(2.5)  # = FLOAT[] 2.5

def tensor_6():
    return torch.tensor(True)  # = BOOL[] 1

def tensor_7():
    return torch.tensor([[1, 2], [3, 4]])  # = INT64[2, 2] 1 2 3 4

def tensor_8():
    return torch.tensor([[True], [False]])  # = BOOL[2, 1] 1 0

def tensor_9():
    return torch.tensor([1, 2], dtype=torch.float)  # = FLOAT[2] 1 2

def tensor_10():
    return torch.tensor([1.7, -2.7], dtype=torch.long)  # = INT64[2] 1 -2

def tensor_11():
    return torch.tensor([[[1.5]]])  # = FLOAT[1, 1, 1] 1.5

def as_tensor_1():
    return torch.as_tensor([1, 2])  # = INT64[2] 1 2

def tensor_12():
    return torch.tensor([300, -1], dtype=torch.int16)  # = INT16[2] 300 -1

def scalar_tensor_1():
    return torch.scalar_tensor(2.5)  # = FLOAT[] 2.5

def arange_1():
    return torch.arange(4)  # = INT64[4] 0 1 2 3

def arange_2():
    return torch.arange(4.0)  # = FLOAT[4] 0 1 2 3

def arange_3():
    return torch.arange(1, 4)  # = INT64[3] 1 2 3

def arange_4():
    return torch.arange(1, 10, 3)  # = INT64[3] 1 4 7

def arange_5():
    return torch.arange(1.0, 2.0, 0.25)  # = FLOAT[4] 1 1.25 1.5 1.75

def arange_6():
    return torch.arange(5, 0, -2)  # = INT64[3] 5 3 1

def arange_7():
    return torch.arange(3, dtype=torch.float32)  # = FLOAT[3] 0 1 2

def linspace_1():
    return torch.linspace(0, 1, 5)  # = FLOAT[5] 0 0.25 0.5 0.75 1

def linspace_2():
    return torch.linspace(1, 10, 1)  # = FLOAT[1] 1

def linspace_3():
    return torch.linspace(-1, 1, 4)  # = FLOAT[4] -1 -0.33333 0.33333 1

def eye_1():
    return torch.eye(2)  # = FLOAT[2, 2] 1 0 0 1

def eye_2():
    return torch.eye(2, 3)  # = FLOAT[2, 3] 1 0 0 0 1 0

def zeros_like_2():
    return torch.zeros_like(torch.ones([2, 2]))  # = FLOAT[2, 2] 0 0 0 0

def empty_2():
    return torch.empty([2, 0]).numel()  # = 0
