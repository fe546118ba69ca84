#!/usr/bin/python3
"""Makes the golden vectors of the norms that look at one sample at a time: layer, group, instance and RMS norm.

Run as make_golden.py, whose helpers it uses:

    /usr/bin/python3 data/golden/make_golden_sample_norms.py
"""
from make_golden import DTYPES, draw, inline, tensor, torch, write


class RMSNorm(torch.nn.Module):
    """What torch.nn.RMSNorm computes in the versions that have it (2.4 on), composed from operators."""

    def __init__(self, normalized_shape, eps=None, elementwise_affine=True, dtype=None):
        super().__init__()
        self.eps = torch.finfo(dtype).eps if eps is None else eps
        self.dims = tuple(range(-len(normalized_shape), 0))
        self.weight = torch.nn.Parameter(torch.ones(normalized_shape, dtype=dtype)) if elementwise_affine else None
        self.bias = None

    def forward(self, x):
        normalized = x * torch.rsqrt(x.square().mean(self.dims, keepdim=True) + self.eps)
        return normalized if self.weight is None else normalized * self.weight


LAYERS = {"LayerNorm": torch.nn.LayerNorm, "GroupNorm": torch.nn.GroupNorm, "RMSNorm": RMSNorm,
          "InstanceNorm1d": torch.nn.InstanceNorm1d, "InstanceNorm2d": torch.nn.InstanceNorm2d, "InstanceNorm3d": torch.nn.InstanceNorm3d}


def case(layer, shape, seed, dtype="float32", steps=1, scale=2.0, offset=1.0, **options):
    """A layer in training for some steps on new batches (forward and backward), then in evaluation once (both again)."""
    generator = torch.Generator().manual_seed(seed)
    module = LAYERS[layer](**options, dtype=DTYPES[dtype])
    record = {"layer": layer, "dtype": dtype, "seed": seed, "shape": inline(shape), "options": options}
    for name in ("weight", "bias"):
        parameter = getattr(module, name)
        if parameter is not None:
            with torch.no_grad():
                parameter.copy_(draw(generator, parameter.shape, DTYPES[dtype], 0.5, 1.0 if name == "weight" else 0.0))
            record[name] = tensor(parameter)

    record["steps"] = []
    for step in range(steps + 1):
        module.train(step < steps)
        x = draw(generator, shape, DTYPES[dtype], scale, offset).requires_grad_()
        grad_output = draw(generator, shape, DTYPES[dtype])
        module.zero_grad()
        y = module(x)
        y.backward(grad_output)
        result = {"training": module.training, "input": tensor(x), "output": tensor(y),
                  "grad_output": tensor(grad_output), "grad_input": tensor(x.grad)}
        for name in ("weight", "bias"):
            if name in record:
                result["grad_" + name] = tensor(getattr(module, name).grad)
        if getattr(module, "track_running_stats", False):
            result["running_mean"], result["running_var"] = tensor(module.running_mean), tensor(module.running_var)
            result["num_batches_tracked"] = int(module.num_batches_tracked)
        record["steps"].append(result)
    return record


def layer_and_rms():
    shapes = [((4, 6), [6]), ((2, 3, 4), [4]), ((2, 3, 4), [3, 4]), ((2, 2, 3, 2), [2, 3, 2]), ((5,), [5])]
    for layer in ("LayerNorm", "RMSNorm"):
        for shape, normalized in shapes:
            for options in ({}, {"elementwise_affine": False}, {"eps": 0.1}):
                yield layer, shape, {"normalized_shape": normalized, **options}


def group():
    for shape, groups in [((3, 4), 2), ((2, 6, 4), 3), ((2, 4, 2, 3), 1), ((2, 4, 2, 3), 2), ((2, 4, 2, 3), 4), ((1, 4, 2, 1, 3), 2)]:
        for options in ({}, {"affine": False}, {"eps": 0.1}):
            yield "GroupNorm", shape, {"num_groups": groups, "num_channels": shape[1], **options}


def instance():
    every_option = [
        {},
        {"affine": True, "eps": 0.1},
        {"track_running_stats": True},
        {"affine": True, "track_running_stats": True, "momentum": 0.7},
    ]
    for layer, shape, channels in [("InstanceNorm1d", (3, 2, 4), 2), ("InstanceNorm1d", (2, 4), 2), ("InstanceNorm2d", (2, 3, 2, 3), 3),
                                   ("InstanceNorm2d", (3, 2, 2), 3), ("InstanceNorm3d", (2, 2, 2, 1, 3), 2), ("InstanceNorm3d", (2, 1, 2, 3), 2)]:
        for options in every_option:
            yield layer, shape, {"num_features": channels, **options}


if __name__ == "__main__":
    torch.set_num_threads(1)
    cases = []
    for layer, shape, options in [*layer_and_rms(), *group(), *instance()]:
        steps = 3 if "track_running_stats" in options else 1
        cases.append(case(layer, shape, seed=len(cases), steps=steps, **options))
    cases += [
        case("LayerNorm", (3, 8), 100, scale=0.01, offset=100.0, normalized_shape=[8]),
        case("GroupNorm", (2, 4, 3), 101, dtype="float64", num_groups=2, num_channels=4),
        case("LayerNorm", (3, 2, 3), 102, dtype="float64", normalized_shape=[2, 3]),
        case("RMSNorm", (3, 2, 3), 103, dtype="float64", normalized_shape=[2, 3]),
        case("InstanceNorm2d", (3, 2, 2, 3), 104, dtype="float64", steps=2, num_features=2, affine=True, track_running_stats=True),
    ]
    write("sample_norms.json", "torch.nn.LayerNorm, GroupNorm, InstanceNorm1d/2d/3d, and RMSNorm composed from operators", cases)
