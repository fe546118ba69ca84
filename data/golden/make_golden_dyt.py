#!/usr/bin/python3
"""Makes dyt.json: dynamic tanh (Zhu et al. 2025), composed from torch operators, with autograd's gradients.

Run as make_golden.py, whose helpers it uses:

    /usr/bin/python3 data/golden/make_golden_dyt.py
"""
from make_golden import DTYPES, draw, inline, tensor, torch, write


def case(shape, normalized_shape, seed, alpha=0.5, dtype="float32", scale=2.0):
    """One pass forward and backward, with γ and β that are not those of a new layer."""
    generator = torch.Generator().manual_seed(seed)
    parameters = {
        "alpha": torch.full((1,), alpha, dtype=DTYPES[dtype]),
        "weight": draw(generator, normalized_shape, DTYPES[dtype], 0.5, 1.0),
        "bias": draw(generator, normalized_shape, DTYPES[dtype], 0.5),
    }
    x = draw(generator, shape, DTYPES[dtype], scale, 0.5)
    grad_output = draw(generator, shape, DTYPES[dtype])
    for value in [x, *parameters.values()]:
        value.requires_grad_()

    y = parameters["weight"] * torch.tanh(parameters["alpha"] * x) + parameters["bias"]
    y.backward(grad_output)

    record = {"layer": "DyT", "dtype": dtype, "seed": seed, "shape": inline(shape), "options": {"normalized_shape": normalized_shape},
              "input": tensor(x), "output": tensor(y), "grad_output": tensor(grad_output), "grad_input": tensor(x.grad)}
    for name, parameter in parameters.items():
        record[name], record["grad_" + name] = tensor(parameter), tensor(parameter.grad)
    return record


if __name__ == "__main__":
    torch.set_num_threads(1)
    write("dyt.json", "dynamic tanh composed from operators", [
        case((4, 6), [6], seed=1),
        case((2, 3, 4), [4], seed=2, alpha=1.3),
        case((2, 3, 4), [3, 4], seed=3, alpha=-0.7),
        case((5,), [5], seed=4, alpha=0.1),
        case((3, 4), [4], seed=5, scale=40.0),          # where tanh is flat
        case((3, 4), [4], seed=6, alpha=0.0),
        case((3, 2, 3), [3], seed=7, alpha=0.8, dtype="float64"),
    ])
