# Tensors in other shapes.


def tensor_1():
    return torch.tensor([[1, 2, 3], [4, 5, 6]]).reshape(3, 2)  # = INT64[3, 2] 1 2 3 4 5 6

def tensor_2():
    return torch.tensor([[1, 2, 3], [4, 5, 6]]).reshape([6])  # = INT64[6] 1 2 3 4 5 6

def tensor_3():
    return torch.tensor([[1, 2, 3], [4, 5, 6]]).reshape(-1, 2)  # = INT64[3, 2] 1 2 3 4 5 6

def tensor_4():
    return torch.tensor([[1, 2, 3], [4, 5, 6]]).view(3, 2)  # = INT64[3, 2] 1 2 3 4 5 6

def tensor_5():
    return torch.tensor([[1, 2, 3], [4, 5, 6]]).view(-1)  # = INT64[6] 1 2 3 4 5 6

def reshape_1():
    return torch.reshape(torch.tensor([[1, 2, 3], [4, 5, 6]]), [1, 6])  # = INT64[1, 6] 1 2 3 4 5 6

def tensor_6():
    return torch.tensor([[1, 2, 3], [4, 5, 6]]).flatten()  # = INT64[6] 1 2 3 4 5 6

def flatten_1():
    return torch.flatten(torch.zeros(2, 3, 4), 1)  # = FLOAT[2, 12] 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0

def flatten_2():
    return torch.flatten(torch.tensor(5))  # = INT64[1] 5

def zeros_1():
    return torch.zeros(1, 2, 1).squeeze()  # = FLOAT[2] 0 0

def zeros_2():
    return torch.zeros(1, 2, 1).squeeze(0)  # = FLOAT[2, 1] 0 0

def zeros_3():
    return torch.zeros(1, 2, 1).squeeze(1)  # = FLOAT[1, 2, 1] 0 0

def tensor_7():
    return torch.tensor([1, 2]).unsqueeze(0)  # = INT64[1, 2] 1 2

def tensor_8():
    return torch.tensor([1, 2]).unsqueeze(-1)  # = INT64[2, 1] 1 2

def tensor_9():
    return torch.tensor([[1, 2, 3], [4, 5, 6]]).t()  # = INT64[3, 2] 1 4 2 5 3 6

def tensor_10():
    return torch.tensor([[1, 2, 3], [4, 5, 6]]).T  # = INT64[3, 2] 1 4 2 5 3 6

def tensor_11():
    return torch.tensor([[1, 2, 3], [4, 5, 6]]).transpose(0, 1)  # = INT64[3, 2] 1 4 2 5 3 6

def transpose_1():
    return torch.transpose(torch.tensor([[1, 2, 3], [4, 5, 6]]), 1, 0)  # = INT64[3, 2] 1 4 2 5 3 6

def permute_1():
    return torch.permute(torch.arange(6).reshape(1, 2, 3), [2, 0, 1])  # = INT64[3, 1, 2] 0 3 1 4 2 5

def arange_1():
    return torch.arange(6).reshape(1, 2, 3).permute(2, 0, 1)  # = INT64[3, 1, 2] 0 3 1 4 2 5

def tensor_12():
    return torch.tensor([[1, 2, 3], [4, 5, 6]]).swapaxes(0, 1)  # = INT64[3, 2] 1 4 2 5 3 6

def tensor_13():
    return torch.tensor([[1, 2, 3], [4, 5, 6]]).swapdims(0, 1)  # = INT64[3, 2] 1 4 2 5 3 6

def tensor_14():
    return torch.tensor([[1, 2, 3], [4, 5, 6]]).mT  # = INT64[3, 2] 1 4 2 5 3 6

def tensor_15():
    return torch.tensor([[1], [2]]).expand(2, 3)  # = INT64[2, 3] 1 1 1 2 2 2

def tensor_16():
    return torch.tensor([1, 2]).expand(2, 2)  # = INT64[2, 2] 1 2 1 2

def tensor_17():
    return torch.tensor([[1], [2]]).expand(-1, 2)  # = INT64[2, 2] 1 1 2 2

def tensor_18():
    return torch.tensor([1]).expand_as(torch.zeros(3))  # = INT64[3] 1 1 1

def broadcast_to_1():
    return torch.broadcast_to(torch.tensor([1, 2]), [2, 2])  # = INT64[2, 2] 1 2 1 2

def tensor_19():
    return torch.tensor([1, 2]).repeat(2)  # = INT64[4] 1 2 1 2

def tensor_20():
    return torch.tensor([1, 2]).repeat(2, 2)  # = INT64[2, 4] 1 2 1 2 1 2 1 2

def tile_1():
    return torch.tile(torch.tensor([1, 2]), [2])  # = INT64[4] 1 2 1 2

def tile_2():
    return torch.tile(torch.tensor([[1, 2]]), [2])  # = INT64[1, 4] 1 2 1 2

def tensor_21():
    return torch.tensor([1, 2]).repeat_interleave(2)  # = INT64[4] 1 1 2 2

def repeat_interleave_1():
    return torch.repeat_interleave(torch.tensor([[1, 2, 3], [4, 5, 6]]), 2, dim=0)  # = INT64[4, 3] 1 2 3 1 2 3 4 5 6 4 5 6

def narrow_1():
    return torch.narrow(torch.tensor([[1, 2, 3], [4, 5, 6]]), 1, 1, 2)  # = INT64[2, 2] 2 3 5 6

def tensor_22():
    return torch.tensor([[1, 2, 3], [4, 5, 6]]).select(1, 1)  # = INT64[2] 2 5

def slice_1():
    return torch.slice(torch.tensor([[1, 2, 3], [4, 5, 6]]), 1, 0, 3, 2)  # = INT64[2, 2] 1 3 4 6

def unbind_1():
    return torch.unbind(torch.tensor([[1, 2, 3], [4, 5, 6]]))  # = [INT64[3] 1 2 3, INT64[3] 4 5 6]

def unbind_2():
    return torch.unbind(torch.tensor([[1, 2, 3], [4, 5, 6]]), 1)  # = [INT64[2] 1 4, INT64[2] 2 5, INT64[2] 3 6]

def split_1():
    return torch.split(torch.tensor([[1, 2, 3], [4, 5, 6]]), 2, 1)  # = [INT64[2, 2] 1 2 4 5, INT64[2, 1] 3 6]

def split_2():
    return torch.split(torch.tensor([[1, 2, 3], [4, 5, 6]]), [1, 2], 1)  # = [INT64[2, 1] 1 4, INT64[2, 2] 2 3 5 6]

def chunk_1():
    return torch.chunk(torch.tensor([[1, 2, 3], [4, 5, 6]]), 2, 1)  # = [INT64[2, 2] 1 2 4 5, INT64[2, 1] 3 6]

def split_3():
    return torch.split(torch.arange(5), 2)  # = [INT64[2] 0 1, INT64[2] 2 3, INT64[1] 4]

def split_with_sizes_1():
    return torch.split_with_sizes(torch.arange(3), [1, 2])  # = [INT64[1] 0, INT64[2] 1 2]

def chunk_2():
    return torch.chunk(torch.arange(5), 3)  # = [INT64[2] 0 1, INT64[2] 2 3, INT64[1] 4]

def flip_1():
    return torch.flip(torch.tensor([[1, 2, 3], [4, 5, 6]]), [0, 1])  # = INT64[2, 3] 6 5 4 3 2 1

def fliplr_1():
    return torch.fliplr(torch.tensor([[1, 2, 3], [4, 5, 6]]))  # = INT64[2, 3] 3 2 1 6 5 4

def flipud_1():
    return torch.flipud(torch.tensor([[1, 2, 3], [4, 5, 6]]))  # = INT64[2, 3] 4 5 6 1 2 3

def roll_1():
    return torch.roll(torch.arange(4), 1)  # = INT64[4] 3 0 1 2

def roll_2():
    return torch.roll(torch.tensor([[1, 2, 3], [4, 5, 6]]), [1], [1])  # = INT64[2, 3] 3 1 2 6 4 5

def roll_3():
    return torch.roll(torch.tensor([[1, 2, 3], [4, 5, 6]]), -1)  # = INT64[2, 3] 2 3 4 5 6 1

def tril_1():
    return torch.tril(torch.tensor([[1, 2, 3], [4, 5, 6]]))  # = INT64[2, 3] 1 0 0 4 5 0

def triu_1():
    return torch.triu(torch.tensor([[1, 2, 3], [4, 5, 6]]), 1)  # = INT64[2, 3] 0 2 3 0 0 6

def diag_1():
    return torch.diag(torch.tensor([1, 2]))  # = INT64[2, 2] 1 0 0 2

def diag_2():
    return torch.diag(torch.tensor([[1, 2, 3], [4, 5, 6]]))  # = INT64[2] 1 5

def ravel_1():
    return torch.ravel(torch.zeros(2, 2))  # = FLOAT[4] 0 0 0 0

def zeros_4():
    return torch.zeros(4).view_as(torch.zeros(2, 2))  # = FLOAT[2, 2] 0 0 0 0

def zeros_5():
    return torch.zeros(4).reshape_as(torch.zeros(2, 2))  # = FLOAT[2, 2] 0 0 0 0

def broadcast_tensors_1():
    return torch.broadcast_tensors([torch.zeros(2, 1), torch.zeros(3)])  # = [FLOAT[2, 3] 0 0 0 0 0 0, FLOAT[2, 3] 0 0 0 0 0 0]

def tensor_23():
    return torch.tensor([[1, 2, 3], [4, 5, 6]]).t().reshape(6)  # = INT64[6] 1 4 2 5 3 6

def tensor_24():
    return torch.tensor([[1, 2, 3], [4, 5, 6]]).t().contiguous().view(6)  # = INT64[6] 1 4 2 5 3 6

def tensor_25():
    return torch.tensor([[1, 2, 3], [4, 5, 6]]).t()[1:]  # = INT64[2, 2] 2 5 3 6

def tensor_26():
    return torch.tensor([[1, 2, 3], [4, 5, 6]]).t().flip([0])  # = INT64[3, 2] 3 6 2 5 1 4

def tensor_27():
    return torch.tensor([[1, 2, 3], [4, 5, 6]]).t().numel()  # = 6

def cat_1():
    return torch.cat([torch.tensor([[1, 2, 3], [4, 5, 6]]), torch.tensor([[1, 2, 3], [4, 5, 6]])])  # = INT64[4, 3] 1 2 3 4 5 6 1 2 3 4 5 6

def cat_2():
    return torch.cat([torch.tensor([[1, 2, 3], [4, 5, 6]]), torch.tensor([[9], [9]])], 1)  # = INT64[2, 4] 1 2 3 9 4 5 6 9

def cat_3():
    return torch.cat([torch.tensor([1]), torch.tensor([2.5])])  # = FLOAT[2] 1 2.5

def cat_4():
    return torch.cat([torch.zeros(0), torch.ones(2)])  # = FLOAT[2] 1 1

def concat_1():
    return torch.concat([torch.ones(1), torch.ones(1)])  # = FLOAT[2] 1 1

def stack_1():
    return torch.stack([torch.tensor([1, 2]), torch.tensor([3, 4])])  # = INT64[2, 2] 1 2 3 4

def stack_2():
    return torch.stack([torch.tensor([1, 2]), torch.tensor([3, 4])], 1)  # = INT64[2, 2] 1 3 2 4

def stack_3():
    return torch.stack([torch.tensor(1), torch.tensor(2)], dim=-1)  # = INT64[2] 1 2

def vstack_1():
    return torch.vstack([torch.tensor([1, 2]), torch.tensor([3, 4])])  # = INT64[2, 2] 1 2 3 4

def hstack_1():
    return torch.hstack([torch.tensor([1, 2]), torch.tensor([3, 4])])  # = INT64[4] 1 2 3 4

def concatenate_1():
    return torch.concatenate([torch.ones(1), torch.ones(1)])  # = FLOAT[2] 1 1
