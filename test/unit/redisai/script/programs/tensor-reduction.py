# Many elements folded to one.


def sum_1():
    return torch.sum(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]))  # = FLOAT[] 0.25

def tensor_1():
    return torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]).sum(0)  # = FLOAT[3] 5.5 -2 -3.25

def tensor_2():
    return torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]).sum(1, True)  # = FLOAT[2, 1] 2 -1.75

def tensor_3():
    return torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]).sum([0, 1])  # = FLOAT[] 0.25

def tensor_4():
    return torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]).sum(dim=1, keepdim=True)  # = FLOAT[2, 1] 2 -1.75

def sum_2():
    return torch.sum(torch.tensor([[1, 2, 3], [4, 5, 6]]))  # = INT64[] 21

def sum_3():
    return torch.sum(torch.tensor([[1, 2, 3], [4, 5, 6]]), dtype=torch.float32)  # = FLOAT[] 21

def sum_4():
    return torch.sum(torch.tensor([True, True]))  # = INT64[] 2

def mean_1():
    return torch.mean(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]))  # = FLOAT[] 0.041667

def tensor_5():
    return torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]).mean(1)  # = FLOAT[2] 0.66667 -0.58333

def tensor_6():
    return torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]).mean([0, 1], True)  # = FLOAT[1, 1] 0.041667

def prod_1():
    return torch.prod(torch.tensor([[1, 2, 3], [4, 5, 6]]))  # = INT64[] 720

def prod_2():
    return torch.prod(torch.tensor([[1, 2, 3], [4, 5, 6]]), 1)  # = INT64[2] 6 120

def max_1():
    return torch.max(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]))  # = FLOAT[] 4.5

def max_2():
    return torch.max(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]), 1)  # = [FLOAT[2] 3 4.5, INT64[2] 2 0]

def tensor_7():
    return torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]).max(0, True)  # = [FLOAT[1, 3] 4.5 0 3, INT64[1, 3] 1 1 0]

def min_1():
    return torch.min(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]))  # = FLOAT[] -6.25

def min_2():
    return torch.min(torch.tensor([[1, 2, 3], [4, 5, 6]]), 0)  # = [INT64[3] 1 2 3, INT64[3] 0 0 0]

def amax_1():
    return torch.amax(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]), 1)  # = FLOAT[2] 3 4.5

def amin_1():
    return torch.amin(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]), [0, 1])  # = FLOAT[] -6.25

def argmax_1():
    return torch.argmax(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]))  # = INT64[] 3

def argmax_2():
    return torch.argmax(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]), 1)  # = INT64[2] 2 0

def argmin_1():
    return torch.argmin(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]), 0, True)  # = INT64[1, 3] 0 0 1

def var_1():
    return torch.var(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]))  # = FLOAT[] 14.66

def std_1():
    return torch.std(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]))  # = FLOAT[] 3.8289

def var_2():
    return torch.var(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]), 1)  # = FLOAT[2] 6.3333 29.146

def std_2():
    return torch.std(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]), 1, False)  # = FLOAT[2] 2.0548 4.408

def tensor_8():
    return torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]).std(0, unbiased=False, keepdim=True)  # = FLOAT[1, 3] 1.75 1 4.625

def var_3():
    return torch.var(torch.tensor([1.0]))  # = FLOAT[] nan

def any_1():
    return torch.any(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]) > 4)  # = BOOL[] 1

def all_1():
    return torch.all(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]) > 4)  # = BOOL[] 0

def tensor_9():
    return (torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]) > 0).any(1)  # = BOOL[2] 1 1

def tensor_10():
    return (torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]) > 0).all(0, True)  # = BOOL[1, 3] 1 0 0

def any_2():
    return torch.any(torch.zeros(0) > 1)  # = BOOL[] 0

def norm_1():
    return torch.norm(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]))  # = FLOAT[] 8.5623

def norm_2():
    return torch.norm(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]), 1)  # = FLOAT[] 16.75

def norm_3():
    return torch.norm(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]), 2, [1])  # = FLOAT[2] 3.7417 7.7015

def norm_4():
    return torch.norm(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]), float("inf"))  # = FLOAT[] 6.25

def norm_5():
    return torch.norm(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]), 0)  # = FLOAT[] 5

def logsumexp_1():
    return torch.logsumexp(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]), [1])  # = FLOAT[2] 3.1328 4.5111

def cumsum_1():
    return torch.cumsum(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]), 1)  # = FLOAT[2, 3] 1 -1 2 4.5 4.5 -1.75

def cumsum_2():
    return torch.cumsum(torch.tensor([[1, 2, 3], [4, 5, 6]]), 0)  # = INT64[2, 3] 1 2 3 5 7 9

def cumprod_1():
    return torch.cumprod(torch.tensor([[1, 2, 3], [4, 5, 6]]), 1)  # = INT64[2, 3] 1 2 6 4 20 120

def median_1():
    return torch.median(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]))  # = FLOAT[] 0

def median_2():
    return torch.median(torch.tensor([1, 5, 3]))  # = INT64[] 3

def count_nonzero_1():
    return torch.count_nonzero(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]))  # = INT64[] 5

def count_nonzero_2():
    return torch.count_nonzero(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]), 1)  # = INT64[2] 3 2

def sum_5():
    return torch.sum(torch.zeros(0))  # = FLOAT[] 0

def mean_2():
    return torch.mean(torch.zeros(0))  # = FLOAT[] nan

def zeros_1():
    return torch.zeros(2, 0).sum(1)  # = FLOAT[2] 0 0

def tensor_11():
    return torch.tensor(5.0).sum(0)  # = FLOAT[] 5

def tensor_12():
    return torch.tensor(5.0).max(0)  # = [FLOAT[] 5, INT64[] 0]

def max_3():
    return torch.max(torch.tensor([1.0, float("nan"), 2.0]))  # = FLOAT[] nan

def argmax_3():
    return torch.argmax(torch.tensor([1.0, float("nan"), 2.0]))  # = INT64[] 1

def tensor_13():
    return torch.tensor([[1, 2, 3], [4, 5, 6]]).t().sum(0)  # = INT64[2] 6 15
