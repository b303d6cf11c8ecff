# What a tensor is and holds, as numbers, lists and other dtypes.


def tensor_1():
    return torch.tensor([1.7, -1.7]).to(torch.int64)  # = INT64[2] 1 -1

def tensor_2():
    return torch.tensor([1, 0]).to(torch.bool)  # = BOOL[2] 1 0

def tensor_3():
    return torch.tensor([1, 2]).float()  # = FLOAT[2] 1 2

def tensor_4():
    return torch.tensor([1.5]).double()  # = DOUBLE[1] 1.5

def tensor_5():
    return torch.tensor([1.5]).int()  # = INT32[1] 1

def tensor_6():
    return torch.tensor([1.5]).long()  # = INT64[1] 1

def tensor_7():
    return torch.tensor([300]).to(torch.uint8)  # = UINT8[1] 44

def tensor_8():
    return torch.tensor([1.5]).bool()  # = BOOL[1] 1

def tensor_9():
    return torch.tensor([1.5]).short()  # = INT16[1] 1

def tensor_10():
    return torch.tensor([1.5]).char()  # = INT8[1] 1

def tensor_11():
    return torch.tensor([1.5]).byte()  # = UINT8[1] 1

def tensor_12():
    return torch.tensor([1]).to(torch.tensor([1.5]))  # = FLOAT[1] 1

def tensor_13():
    return torch.tensor([1]).type_as(torch.tensor([1.5]))  # = FLOAT[1] 1

def tensor_14():
    return torch.tensor([1.5]).to("cpu")  # = FLOAT[1] 1.5

def tensor_15():
    return torch.tensor([1.5]).cpu()  # = FLOAT[1] 1.5

def tensor_16():
    return torch.tensor([7]).item()  # = 7

def tensor_17():
    return torch.tensor(2.5).item() * 2  # = 5

def tensor_18():
    return torch.tensor([3]).item() + 1  # = 4

def tensor_19():
    return int(torch.tensor([2.9]))  # = 2

def tensor_20():
    return float(torch.tensor([2]))  # = 2

def tensor_21():
    return bool(torch.tensor([0.0]))  # = False

def tensor_22():
    return int(torch.tensor([2.9]).item())  # = 2

def zeros_1():
    return torch.zeros(2, 3).size()  # = [2, 3]

def zeros_2():
    return torch.zeros(2, 3).size(1)  # = 3

def zeros_3():
    return torch.zeros(2, 3).size(-2)  # = 2

def zeros_4():
    return torch.zeros(2, 3).shape  # = [2, 3]

def zeros_5():
    return torch.zeros(2, 3).shape[0]  # = 2

def zeros_6():
    return torch.zeros(2, 3).dim()  # = 2

def zeros_7():
    return torch.zeros(2, 3).ndim  # = 2

def zeros_8():
    return torch.zeros(2, 3).numel()  # = 6

def zeros_9():
    return len(torch.zeros(2, 3))  # = 2

def zeros_10():
    return torch.zeros(2).dtype == torch.float32  # = True

def tensor_23():
    return torch.tensor([1]).dtype == torch.long  # = True

def zeros_11():
    return torch.zeros(2).is_floating_point()  # = True

def tensor_24():
    return torch.tensor([1.0]).element_size()  # = 4

def zeros_12():
    return torch.zeros(2).contiguous()  # = FLOAT[2] 0 0

def tensor_25():
    return torch.tensor([1.0]).clone()  # = FLOAT[1] 1

def tensor_26():
    return torch.tensor([1.0]).detach()  # = FLOAT[1] 1

def equal_1():
    return torch.equal(torch.tensor([1, 2]), torch.tensor([1, 2]))  # = True

def allclose_1():
    return torch.allclose(torch.tensor([1.0]), torch.tensor([1.0 + 1e-9]))  # = True

def allclose_2():
    return torch.allclose(torch.tensor([1.0]), torch.tensor([1.1]))  # = False

def zeros_13():
    return torch.zeros(2).is_cuda  # = False

def tensor_27():
    return torch.tensor([1.5, 2.5]).data  # = FLOAT[2] 1.5 2.5

def tensor_28():
    return torch.tensor([1.5]).is_contiguous()  # = True

def numel_1():
    return torch.numel(torch.zeros(3))  # = 3

def zeros_14():
    return torch.zeros(2, 3).nelement()  # = 6

def zeros_15():
    return torch.zeros(1).requires_grad  # = False
