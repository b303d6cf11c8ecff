# Products of vectors and matrices, and what networks are made of.


def matmul_1():
    return torch.matmul(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([[1.0, 2.0], [3.0, 4.0]]))  # = FLOAT[2, 2] 7 10 15 22

def tensor_1():
    return torch.tensor([[1.0, 2.0], [3.0, 4.0]]) @ torch.tensor([1.0, 2.0])  # = FLOAT[2] 5 11

def tensor_2():
    return torch.tensor([1.0, 2.0]) @ torch.tensor([[1.0, 2.0], [3.0, 4.0]])  # = FLOAT[2] 7 10

def tensor_3():
    return torch.tensor([1.0, 2.0]) @ torch.tensor([3.0, 4.0])  # = FLOAT[] 11

def matmul_2():
    return torch.matmul(torch.ones(2, 1, 3), torch.ones(3, 2))  # = FLOAT[2, 1, 2] 3 3 3 3

def mm_1():
    return torch.mm(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([[1.0, 2.0], [3.0, 4.0]]))  # = FLOAT[2, 2] 7 10 15 22

def bmm_1():
    return torch.bmm(torch.ones(2, 1, 2), torch.ones(2, 2, 1))  # = FLOAT[2, 1, 1] 2 2

def mv_1():
    return torch.mv(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([1.0, 1.0]))  # = FLOAT[2] 3 7

def dot_1():
    return torch.dot(torch.tensor([1, 2]), torch.tensor([3, 4]))  # = INT64[] 11

def inner_1():
    return torch.inner(torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0]))  # = FLOAT[] 11

def outer_1():
    return torch.outer(torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0]))  # = FLOAT[2, 2] 3 4 6 8

def ger_1():
    return torch.ger(torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0]))  # = FLOAT[2, 2] 3 4 6 8

def mm_2():
    return torch.mm(torch.tensor([[1, 2, 3], [4, 5, 6]]), torch.tensor([[1, 2, 3], [4, 5, 6]]).t())  # = INT64[2, 2] 14 32 32 77

def linear_1():
    return torch.nn.functional.linear(torch.tensor([1.0, 2.0]), torch.tensor([[1.0, 2.0], [3.0, 4.0]]))  # = FLOAT[2] 5 11

def linear_2():
    return torch.nn.functional.linear(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([10.0, 20.0]))  # = FLOAT[2, 2] 15 31 21 45

def addmm_1():
    return torch.addmm(torch.tensor([1.0, 1.0]), torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([[1.0, 2.0], [3.0, 4.0]]))  # = FLOAT[2, 2] 8 11 16 23

def addmm_2():
    return torch.addmm(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([[1.0, 2.0], [3.0, 4.0]]), beta=2, alpha=0.5)  # = FLOAT[2, 2] 5.5 9 13.5 19

def addmv_1():
    return torch.addmv(torch.tensor([1.0, 1.0]), torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([1.0, 1.0]))  # = FLOAT[2] 4 8

def baddbmm_1():
    return torch.baddbmm(torch.zeros(1, 1, 1), torch.ones(1, 1, 2), torch.ones(1, 2, 1))  # = FLOAT[1, 1, 1] 2

def cosine_similarity_1():
    return torch.cosine_similarity(torch.tensor([[1.0, 0.0]]), torch.tensor([[1.0, 1.0]]))  # = FLOAT[1] 0.70711

def softmax_1():
    return torch.softmax(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]), 1)  # = FLOAT[2, 3] 0.1185 0.0058998 0.8756 0.98899 0.010987 2.1209e-05

def log_softmax_1():
    return torch.log_softmax(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]), 1)  # = FLOAT[2, 3] -2.1328 -5.1328 -0.13285 -0.011069 -4.5111 -10.761

def softmax_2():
    return torch.nn.functional.softmax(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]), dim=-1)  # = FLOAT[2, 3] 0.1185 0.0058998 0.8756 0.98899 0.010987 2.1209e-05

def log_softmax_2():
    return torch.nn.functional.log_softmax(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]), dim=1)  # = FLOAT[2, 3] -2.1328 -5.1328 -0.13285 -0.011069 -4.5111 -10.761

def softmax_3():
    return torch.softmax(torch.tensor([[1, 2, 3], [4, 5, 6]]), 1, dtype=torch.float32)  # = FLOAT[2, 3] 0.090031 0.24473 0.66524 0.090031 0.24473 0.66524

def softmax_4():
    return torch.softmax(torch.tensor(3.0), 0)  # = FLOAT[] 1

def one_hot_1():
    return torch.nn.functional.one_hot(torch.tensor([0, 2]))  # = INT64[2, 3] 1 0 0 0 0 1

def one_hot_2():
    return torch.nn.functional.one_hot(torch.tensor([1]), 3)  # = INT64[1, 3] 0 1 0

def pad_1():
    return torch.nn.functional.pad(torch.tensor([1.0, 2.0]), [1, 2])  # = FLOAT[5] 0 1 2 0 0

def pad_2():
    return torch.nn.functional.pad(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), [0, 1, 1, 0], value=9.0)  # = FLOAT[3, 3] 9 9 9 1 2 9 3 4 9

def constant_pad_nd_1():
    return torch.constant_pad_nd(torch.tensor([1, 2]), [1, 0], 5)  # = INT64[3] 5 1 2

def normalize_1():
    return torch.nn.functional.normalize(torch.tensor([[1.0, 2.0], [3.0, 4.0]]))  # = FLOAT[2, 2] 0.44721 0.89443 0.6 0.8

def normalize_2():
    return torch.nn.functional.normalize(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), p=1.0, dim=0)  # = FLOAT[2, 2] 0.25 0.33333 0.75 0.66667

def layer_norm_1():
    return torch.nn.functional.layer_norm(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]), [3])  # = FLOAT[2, 3] 0.16222 -1.2978 1.1355 1.1532 0.13233 -1.2855

def layer_norm_2():
    return torch.layer_norm(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]), [3], torch.tensor([1.0, 2.0, 3.0]), torch.tensor([0.5, 0.5, 0.5]))  # = FLOAT[2, 3] 0.66222 -2.0955 3.9066 1.6532 0.76467 -3.3566

def batch_norm_1():
    return torch.batch_norm(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([2.0, 1.0]), torch.tensor([0.0, 1.0]), torch.tensor([1.0, 2.0]), torch.tensor([4.0, 9.0]), False, 0.1, 1e-5, False)  # = FLOAT[2, 2] 0 1 2 1.6667

def batch_norm_2():
    return torch.nn.functional.batch_norm(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([1.0, 2.0]), torch.tensor([4.0, 9.0]))  # = FLOAT[2, 2] 0 0 1 0.66667

def dropout_1():
    return torch.dropout(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), 0.5, False)  # = FLOAT[2, 2] 1 2 3 4

def dropout_2():
    return torch.nn.functional.dropout(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), 0.5, False)  # = FLOAT[2, 2] 1 2 3 4
