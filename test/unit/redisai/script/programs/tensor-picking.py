# Elements chosen by index, by mask or by order.


def tensor_1():
    return torch.tensor([[1, 2, 3], [4, 5, 6]])[0]  # = INT64[3] 1 2 3

def tensor_2():
    return torch.tensor([[1, 2, 3], [4, 5, 6]])[-1, 1]  # = INT64[] 5

def tensor_3():
    return torch.tensor([[1, 2, 3], [4, 5, 6]])[:, 1]  # = INT64[2] 2 5

def tensor_4():
    return torch.tensor([[1, 2, 3], [4, 5, 6]])[0, 1:]  # = INT64[2] 2 3

def tensor_5():
    return torch.tensor([[1, 2, 3], [4, 5, 6]])[..., -1]  # = INT64[2] 3 6

def tensor_6():
    return torch.tensor([[1, 2, 3], [4, 5, 6]])[None, 0]  # = INT64[1, 3] 1 2 3

def tensor_7():
    return torch.tensor([[1, 2, 3], [4, 5, 6]])[:, None, 0]  # = INT64[2, 1] 1 4

def tensor_8():
    return torch.tensor([[1, 2, 3], [4, 5, 6]])[:, ::2]  # = INT64[2, 2] 1 3 4 6

def tensor_9():
    return torch.tensor([[1, 2, 3], [4, 5, 6]])[1:, :2]  # = INT64[1, 2] 4 5

def tensor_10():
    return torch.tensor([[1, 2, 3], [4, 5, 6]])[torch.tensor([1, 0])]  # = INT64[2, 3] 4 5 6 1 2 3

def tensor_11():
    return torch.tensor([[1, 2, 3], [4, 5, 6]])[:, torch.tensor([2, 0])]  # = INT64[2, 2] 3 1 6 4

def tensor_12():
    return torch.tensor([[1, 2, 3], [4, 5, 6]])[torch.tensor([0, 1]), torch.tensor([2, 0])]  # = INT64[2] 3 4

def tensor_13():
    return torch.tensor([[1, 2, 3], [4, 5, 6]])[torch.tensor([[1, 2, 3], [4, 5, 6]]) > 2]  # = INT64[4] 3 4 5 6

def tensor_14():
    return torch.tensor([[1, 2, 3], [4, 5, 6]])[torch.tensor([True, False])]  # = INT64[1, 3] 1 2 3

def tensor_15():
    return torch.tensor([[1, 2, 3], [4, 5, 6]])[:, torch.tensor([True, False, True])]  # = INT64[2, 2] 1 3 4 6

def tensor_16():
    return torch.tensor([[1, 2, 3], [4, 5, 6]])[torch.tensor([[0], [1]]), torch.tensor([0, 2])]  # = INT64[2, 2] 1 3 4 6

def arange_1():
    return torch.arange(24).reshape(2, 3, 4)[torch.tensor([1]), :, torch.tensor([2])]  # = INT64[1, 3] 14 18 22

def arange_2():
    return torch.arange(24).reshape(2, 3, 4)[:, torch.tensor([1]), torch.tensor([2])]  # = INT64[2, 1] 6 18

def tensor_17():
    return torch.tensor([[1, 2, 3], [4, 5, 6]])[[1, 1]]  # = INT64[2, 3] 4 5 6 4 5 6

def tensor_18():
    return torch.tensor([[1, 2, 3], [4, 5, 6]])[0][1]  # = INT64[] 2

def tensor_19():
    return torch.tensor([[1, 2, 3], [4, 5, 6]])[torch.tensor(1)]  # = INT64[3] 4 5 6

def tensor_20():
    return torch.tensor([[1, 2, 3], [4, 5, 6]])[torch.tensor([-1])]  # = INT64[1, 3] 4 5 6

def tensor_21():
    return torch.tensor([[1, 2, 3], [4, 5, 6]])[5:]  # = INT64[0, 3]

def tensor_22():
    return torch.tensor([[1, 2, 3], [4, 5, 6]]).t()[2, 1]  # = INT64[] 6

def tensor_23():
    return torch.tensor([[1, 2, 3], [4, 5, 6]]).t()[torch.tensor([2])]  # = INT64[1, 2] 3 6

def where_1():
    return torch.where(torch.tensor([[1, 2, 3], [4, 5, 6]]) > 3, torch.tensor([[1, 2, 3], [4, 5, 6]]), torch.zeros_like(torch.tensor([[1, 2, 3], [4, 5, 6]])))  # = INT64[2, 3] 0 0 0 4 5 6

def where_2():
    return torch.where(torch.tensor([[1, 2, 3], [4, 5, 6]]) > 3, 1.0, torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]))  # = FLOAT[2, 3] 1 -2 3 1 1 1

def where_3():
    return torch.where(torch.tensor([[1, 2, 3], [4, 5, 6]]) > 3, torch.tensor([[1, 2, 3], [4, 5, 6]]), 0)  # = INT64[2, 3] 0 0 0 4 5 6

def where_4():
    return torch.where(torch.tensor([[1, 2, 3], [4, 5, 6]]) > 4)  # = [INT64[2] 1 1, INT64[2] 1 2]

def nonzero_1():
    return torch.nonzero(torch.tensor([[1, 2, 3], [4, 5, 6]]) > 4)  # = INT64[2, 2] 1 1 1 2

def argwhere_1():
    return torch.argwhere(torch.tensor([0, 3]))  # = INT64[1, 1] 1

def masked_fill_1():
    return torch.masked_fill(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]), torch.tensor([[1, 2, 3], [4, 5, 6]]) > 3, 9.0)  # = FLOAT[2, 3] 1 -2 3 9 9 9

def tensor_24():
    return torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]).masked_fill(torch.tensor([[1, 2, 3], [4, 5, 6]]) > 3, 7)  # = FLOAT[2, 3] 1 -2 3 7 7 7

def masked_select_1():
    return torch.masked_select(torch.tensor([[1, 2, 3], [4, 5, 6]]), torch.tensor([[1, 2, 3], [4, 5, 6]]) > 3)  # = INT64[3] 4 5 6

def gather_1():
    return torch.gather(torch.tensor([[1, 2, 3], [4, 5, 6]]), 1, torch.tensor([[2, 0], [1, 1]]))  # = INT64[2, 2] 3 1 5 5

def gather_2():
    return torch.gather(torch.tensor([[1, 2, 3], [4, 5, 6]]), 0, torch.tensor([[1, 0, 1]]))  # = INT64[1, 3] 4 2 6

def take_along_dim_1():
    return torch.take_along_dim(torch.tensor([[1, 2, 3], [4, 5, 6]]), torch.tensor([[2], [0]]), 1)  # = INT64[2, 1] 3 4

def index_select_1():
    return torch.index_select(torch.tensor([[1, 2, 3], [4, 5, 6]]), 1, torch.tensor([2, 0]))  # = INT64[2, 2] 3 1 6 4

def take_1():
    return torch.take(torch.tensor([[1, 2, 3], [4, 5, 6]]), torch.tensor([5, 0]))  # = INT64[2] 6 1

def scatter_1():
    return torch.scatter(torch.zeros(2, 3), 1, torch.tensor([[0], [2]]), torch.tensor([[5.0], [6.0]]))  # = FLOAT[2, 3] 5 0 0 0 0 6

def scatter_2():
    return torch.scatter(torch.zeros(3), 0, torch.tensor([1]), 4.0)  # = FLOAT[3] 0 4 0

def scatter_add_1():
    return torch.scatter_add(torch.zeros(3), 0, torch.tensor([1, 1]), torch.tensor([1.0, 2.0]))  # = FLOAT[3] 0 3 0

def zeros_1():
    return torch.zeros(3).scatter_(0, torch.tensor([2]), 1.0)  # = FLOAT[3] 0 0 1

def sort_1():
    return torch.sort(torch.tensor([3.0, 1.0, 2.0]))  # = [FLOAT[3] 1 2 3, INT64[3] 1 2 0]

def sort_2():
    return torch.sort(torch.tensor([3.0, 1.0, 2.0]), descending=True)  # = [FLOAT[3] 3 2 1, INT64[3] 0 2 1]

def sort_3():
    return torch.sort(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]), 0)  # = [FLOAT[2, 3] 1 -2 -6.25 4.5 0 3, INT64[2, 3] 0 0 1 1 1 0]

def argsort_1():
    return torch.argsort(torch.tensor([3.0, 1.0, 2.0]))  # = INT64[3] 1 2 0

def topk_1():
    return torch.topk(torch.tensor([3.0, 1.0, 2.0]), 2)  # = [FLOAT[2] 3 2, INT64[2] 0 2]

def topk_2():
    return torch.topk(torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]), 1, 1, False)  # = [FLOAT[2, 1] -2 -6.25, INT64[2, 1] 1 2]

def bucketize_1():
    return torch.bucketize(torch.tensor([0.5, 1.0, 9.0]), torch.tensor([1.0, 2.0]))  # = INT64[3] 0 0 2

def bucketize_2():
    return torch.bucketize(torch.tensor([1.0]), torch.tensor([1.0, 2.0]), right=True)  # = INT64[1] 1

def embedding_1():
    return torch.embedding(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([1, 0, 1]))  # = FLOAT[3, 2] 3 4 1 2 3 4

def embedding_2():
    return torch.nn.functional.embedding(torch.tensor([1, 0]), torch.tensor([[1.0, 2.0], [3.0, 4.0]]))  # = FLOAT[2, 2] 3 4 1 2

def tensor_25():
    return torch.tensor([[1.0, -2.0, 3.0], [4.5, 0.0, -6.25]]).masked_fill_(torch.tensor([[1, 2, 3], [4, 5, 6]]) > 3, 0)  # = FLOAT[2, 3] 1 -2 3 0 0 0

def sort_4():
    return torch.sort(torch.tensor([2, 1]))  # = [INT64[2] 1 2, INT64[2] 1 0]
