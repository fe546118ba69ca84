#!/usr/bin/python3
"""Makes the golden vectors of weight normalization.

Run as make_golden.py, whose helpers it uses:

    /usr/bin/python3 data/golden/make_golden_weight_norm.py
"""
from make_golden import DTYPES, draw, inline, tensor, torch, write


def linear_case(shape, out_features, seed, dtype="float32", bias=True):
    """torch.nn.utils.weight_norm of a linear layer, forward and backward."""
    generator = torch.Generator().manual_seed(seed)
    module = torch.nn.utils.weight_norm(torch.nn.Linear(shape[-1], out_features, bias=bias, dtype=DTYPES[dtype]))
    case = {"layer": "Linear", "dtype": dtype, "seed": seed, "out_features": out_features, "bias_used": bias}
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            parameter.copy_(draw(generator, parameter.shape, DTYPES[dtype]))
            case[name] = tensor(parameter)

    x = draw(generator, shape, DTYPES[dtype], 2.0, 1.0).requires_grad_()
    y = module(x)
    grad_output = draw(generator, y.shape, DTYPES[dtype])
    y.backward(grad_output)
    case.update({"input": tensor(x), "output": tensor(y), "grad_output": tensor(grad_output), "grad_input": tensor(x.grad)})
    for name, parameter in module.named_parameters():
        case["grad_" + name] = tensor(parameter.grad)
    return case


def weight_case(shape, seed, dtype="float32", scale=1.0):
    """The reparametrization alone, of a weight of any shape, as torch.nn.utils.weight_norm has it with dim=0."""
    generator = torch.Generator().manual_seed(seed)
    v = draw(generator, shape, DTYPES[dtype], scale).requires_grad_()
    g = draw(generator, [shape[0]] + [1] * (len(shape) - 1), DTYPES[dtype]).requires_grad_()
    w = torch._weight_norm(v, g, 0)
    grad_weight = draw(generator, shape, DTYPES[dtype])
    w.backward(grad_weight)
    return {"layer": "weight", "dtype": dtype, "seed": seed, "shape": inline(shape), "weight_g": tensor(g), "weight_v": tensor(v),
            "weight": tensor(w), "grad_weight": tensor(grad_weight), "grad_weight_g": tensor(g.grad), "grad_weight_v": tensor(v.grad)}


if __name__ == "__main__":
    torch.set_num_threads(1)
    write("weight_norm.json", "torch.nn.utils.weight_norm with dim=0: forward, and the gradients of g, v, bias and input", [
        linear_case((4, 3), 5, seed=0),
        linear_case((4, 3), 2, seed=1, bias=False),
        linear_case((2, 3, 6), 1, seed=2),
        linear_case((7,), 3, seed=3),
        linear_case((4, 3), 5, seed=4, dtype="float64"),
        linear_case((2, 2, 5), 3, seed=5, dtype="float64", bias=False),
        weight_case((4, 3), seed=10),
        weight_case((3, 2, 3), seed=11, scale=100.0),
        weight_case((2, 3, 2, 2), seed=12, scale=0.01),
        weight_case((2, 1, 2, 2, 2), seed=13),
        weight_case((3, 2, 2, 2), seed=14, dtype="float64"),
    ])
