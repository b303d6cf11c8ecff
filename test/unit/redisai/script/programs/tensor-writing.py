# Writing into tensors, and views that share their memory.


def row_of_zeros():
    row = torch.zeros([1, 4])
    row[0, :2] = torch.tensor([5.0, 6.0])
    return row  # = FLOAT[1, 4] 5 6 0 0


def scalar_into_slice():
    x = torch.zeros(2, 3)
    x[:, 1] = 7
    x[0] = -1.5
    return x  # = FLOAT[2, 3] -1.5 -1.5 -1.5 0 7 0


def broadcast_into_rows():
    x = torch.zeros(2, 3)
    x[:] = torch.tensor([1.0, 2.0, 3.0])
    return x  # = FLOAT[2, 3] 1 2 3 1 2 3


def column_from_column():
    x = torch.zeros(2, 2)
    x[:, 0] = torch.tensor([1.0, 2.0])
    x[:, 1] = x[:, 0] * 10
    return x  # = FLOAT[2, 2] 1 10 2 20


def masks():
    x = torch.tensor([1, -2, 3, -4])
    x[x < 0] = 0
    return x  # = INT64[4] 1 0 3 0


def index_tensors():
    x = torch.zeros(4)
    x[torch.tensor([3, 1])] = torch.tensor([30.0, 10.0])
    return x  # = FLOAT[4] 0 10 0 30


def converts_what_is_written():
    x = torch.zeros([2], dtype=torch.int64)
    x[0] = torch.tensor(2.7)
    return x  # = INT64[2] 2 0


def augmented_element():
    x = torch.ones(3)
    x[1] += 5
    x[2] *= 4
    return x  # = FLOAT[3] 1 6 4


def augmented_name_is_in_place():
    x = torch.ones(2)
    y = x
    y += 1
    return x  # = FLOAT[2] 2 2


def plain_assignment_is_not():
    x = torch.ones(2)
    y = x
    y = y + 1
    return x  # = FLOAT[2] 1 1


def slices_share_memory():
    x = torch.arange(6)
    y = x[2:4]
    y[0] = 100
    return x  # = INT64[6] 0 1 100 3 4 5


def transposes_share_memory():
    x = torch.zeros(2, 3)
    y = x.t()
    y[2, 0] = 1
    x[1, 0] = 2
    return y  # = FLOAT[3, 2] 0 2 0 0 1 0


def views_see_later_writes():
    x = torch.zeros(2, 2)
    column = x[:, 1]
    before = column.sum()
    x[0, 1] = 5
    return before, column.sum()  # = [FLOAT[] 0, FLOAT[] 5]


def reshaped_views_share_memory():
    x = torch.zeros(2, 2)
    x.view(-1)[3] = 9
    x.unsqueeze(0)[0, 0, 0] = 8
    return x  # = FLOAT[2, 2] 8 0 0 9


def contiguous_copies_do_not():
    x = torch.zeros(2, 3)
    y = x.t().contiguous()
    y[0, 0] = 1
    z = x.clone()
    z[0, 0] = 2
    return x  # = FLOAT[2, 3] 0 0 0 0 0 0


def reshaped_transposes_do_not():
    x = torch.zeros(2, 2)
    x.t().reshape(-1)[0] = 1
    return x  # = FLOAT[2, 2] 0 0 0 0


def iterating_gives_views():
    x = torch.zeros(2, 2)
    for row in x:
        row[1] = 3
    return x  # = FLOAT[2, 2] 0 3 0 3


def copies_in():
    x = torch.zeros(2, 2)
    x.copy_(torch.tensor([1.0, 2.0]))
    return x  # = FLOAT[2, 2] 1 2 1 2


def running_window():
    x = torch.arange(5)
    x[1:] = x[:-1].clone()
    return x  # = INT64[5] 0 0 1 2 3


def steps():
    x = torch.zeros(5)
    x[::2] = torch.tensor([1.0, 2.0, 3.0])
    return x  # = FLOAT[5] 1 0 2 0 3


def leading_ones_are_dropped():
    x = torch.zeros(2)
    x[:] = torch.tensor([[4.0, 5.0]])
    return x  # = FLOAT[2] 4 5


def new_dimension():
    x = torch.zeros(2)
    x[None] = torch.tensor([[1.0, 2.0]])
    return x  # = FLOAT[2] 1 2


def mask_from_tensor_of_values():
    x = torch.zeros(2, 2)
    x[torch.tensor([[True, False], [False, True]])] = torch.tensor([3.0, 4.0])
    return x  # = FLOAT[2, 2] 3 0 0 4


def reshaping_a_slice_may_share_memory():
    x = torch.zeros(3, 4)
    x[:, :2].reshape(3, 2, 1)[0, 1, 0] = 1
    x[:, 1:3].view(3, 1, 2)[2, 0, 1] = 2
    x[::2].view(2, 2, 2)[1, 0, 0] = 3
    return x  # = FLOAT[3, 4] 0 1 0 0 0 0 0 0 3 0 2 0


def reshaping_a_slice_may_copy():
    x = torch.zeros(3, 4)
    x[:, :2].reshape(6)[0] = 1
    return x.sum()  # = FLOAT[] 0


def expanded_dimensions_reshape():
    return torch.tensor([[1], [2]]).expand(2, 3).reshape(6), torch.tensor([1, 2]).expand(2, 2).reshape(1, 2, 2)  # = [INT64[6] 1 1 1 2 2 2, INT64[1, 2, 2] 1 2 1 2]


def diagonals_are_copies():
    x = torch.zeros(2, 2)
    torch.diag(x)[0] = 1
    return x.sum()  # = FLOAT[] 0
