using BnNotebooks.Core;
using BnNotebooks.Experiments.Layers;
using TorchSharp;

namespace BnNotebooks.Experiments;

/// <summary>
/// Builds an experiment's network. The weights are drawn layer by layer from one generator, from which nothing else draws, so
/// that networks of one seed start alike whatever their normalization.
/// </summary>
sealed class ModelBuilder(Experiment experiment, int seed)
{
    readonly Random weights = Draws.Generator(seed, Purpose.Weights);
    readonly Random dropout = Draws.Generator(seed, Purpose.Dropout);
    readonly Random noise = Draws.Generator(seed, Purpose.Noise);
    readonly List<Part> parts = [];
    bool image = experiment.Network is Cnn;
    int layer = 1;

    public Model Build()
    {
        var network = experiment.Network;
        var shape = network.InputShape(experiment.Data.Train.SampleShape);
        if (network is ResidualBlocks blocks)
            return BuildBlocks(blocks, shape[0]);
        foreach (var width in network.Widths)
        {
            var skip = network is ResidualPerceptron residual && layer > 1 ? new Skip(residual.LearnedScale ? 0 : null) : null;
            if (skip is not null)
                Add(PartKind.Other, skip.Begin);
            AddWeights(shape[0], width);
            if (experiment.Placement == Placement.BeforeActivation)
                AddNorm(width);
            Add(PartKind.Activation, Layer(network.Activation));
            if (experiment.Placement == Placement.AfterActivation)
                AddNorm(width);
            if (experiment.Dropout > 0)
                Add(PartKind.Other, new SeededDropout(experiment.Dropout, dropout));
            if (skip is not null)
                Add(PartKind.Other, skip.End);
            shape = image ? [width, (shape[1] + 1) / 2, (shape[2] + 1) / 2] : [width];
            layer++;
        }
        if (image)
            Add(PartKind.Other, torch.nn.Flatten());
        image = false;
        AddWeights(shape.Aggregate((product, size) => product * size), experiment.Data.Outputs);
        return new Model(parts, experiment.Trains);
    }

    // A normalization and an activation belong to the linear layer behind them (He et al. 2016, Identity Mappings).
    Model BuildBlocks(ResidualBlocks network, long inputs)
    {
        var (width, fixup) = (network.Widths[0], network.Branches == BranchStart.Fixup);
        void AddLinear(long outputs, double scale)
        {
            layer++;
            AddNorm(width);
            Add(PartKind.Activation, Layer(network.Activation));
            AddWeights(width, outputs, scale);
        }
        AddWeights(inputs, width);
        for (var block = 0; block < network.Blocks; block++)
        {
            var skip = new Skip(network.Branches switch { BranchStart.FactorFromZero => 0, BranchStart.Fixup => 1, _ => null });
            Add(PartKind.Other, skip.Begin);
            AddLinear(width, fixup ? 1 / Math.Sqrt(network.Blocks) : 1);
            AddLinear(width, fixup ? 0 : 1);
            Add(PartKind.Other, skip.End);
        }
        AddLinear(experiment.Data.Outputs, fixup ? 0 : 1);
        return new Model(parts, experiment.Trains);
    }

    void Add(PartKind kind, torch.nn.Module<torch.Tensor, torch.Tensor> module) => parts.Add(new Part(layer, kind, module));

    void AddWeights(long inputs, long outputs, double scale = 1)
    {
        long[] shape = image ? [outputs, inputs, 3, 3] : [outputs, inputs];
        var (weight, bias) = experiment.Init.Draw(shape, weights);
        float[] Scaled(float[] values) => scale == 1 ? values : Array.ConvertAll(values, value => (float)(scale * value));
        torch.Tensor w = torch.tensor(Scaled(weight), shape), b = torch.tensor(Scaled(bias));
        if (experiment.Normalization.Type == Norm.Kind.Weight)
        {
            Add(PartKind.Weights, new WeightNormed(w, b, image
                ? (x, w, b) => torch.nn.functional.conv2d(x, w, b, [2, 2], [1, 1])
                : (x, w, b) => torch.nn.functional.linear(x, w, b)));
            return;
        }
        using var quiet = torch.no_grad();
        if (image)
        {
            var convolution = torch.nn.Conv2d(inputs, outputs, 3, stride: 2, padding: 1);
            convolution.weight.copy_(w);
            convolution.bias!.copy_(b);
            Add(PartKind.Weights, convolution);
        }
        else
        {
            var linear = torch.nn.Linear(inputs, outputs);
            linear.weight.copy_(w);
            linear.bias!.copy_(b);
            Add(PartKind.Weights, linear);
        }
        w.Dispose();
        b.Dispose();
    }

    void AddNorm(int features)
    {
        var norm = experiment.Normalization;
        if (!(experiment.NormalizedLayers?.Contains(layer) ?? true) || Normalization(norm, features) is not { } module)
            return;
        Add(PartKind.Norm, module);
        if (norm.Noise is { } disturbance)
            Add(PartKind.Other, new NoiseLayer(disturbance, noise));
    }

    torch.nn.Module<torch.Tensor, torch.Tensor>? Normalization(Norm norm, int features)
    {
        switch (norm.Type)
        {
            case Norm.Kind.Batch:
                return new SteadyBatchNorm(features, norm.Eps, norm.Momentum, norm.Affine);
            case Norm.Kind.Layer when !image:
                return torch.nn.LayerNorm(features, norm.Eps, norm.Affine);
            case Norm.Kind.Layer:
                return Grouped(1, features, norm);
            case Norm.Kind.Group:
                var grouped = Grouped(norm.Groups ?? Normalizations.Groups(features), features, norm);
                return image ? grouped : new OnVectors(grouped);
            case Norm.Kind.Instance when image:
                return torch.nn.InstanceNorm2d(features, norm.Eps, affine: norm.Affine);
            case Norm.Kind.Instance:
                throw new ArgumentException(
                    "Instance normalization needs positions to normalize over, and a unit of a perceptron has one value a sample. Take a Cnn.");
            case Norm.Kind.ByHand:
                return new HandNorm(image ? Normalizations.CreateForImages(norm.Hand!, features) : Normalizations.Create(norm.Hand!, features));
            default:
                return null;
        }
    }

    static torch.nn.Module<torch.Tensor, torch.Tensor> Grouped(int groups, int features, Norm norm)
    {
        var group = torch.nn.GroupNorm(groups, features, norm.Eps, norm.Affine);
        if (norm.Affine)
        {
            // TorchSharp leaves them uninitialised.
            using var quiet = torch.no_grad();
            using torch.Tensor ones = torch.ones(features), zeros = torch.zeros(features);
            group.weight.copy_(ones);
            group.bias!.copy_(zeros);
        }
        return group;
    }

    static torch.nn.Module<torch.Tensor, torch.Tensor> Layer(Activation activation) => activation switch
    {
        Activation.ReLU => torch.nn.ReLU(),
        Activation.Sigmoid => torch.nn.Sigmoid(),
        Activation.Tanh => torch.nn.Tanh(),
        Activation.LeakyReLU => new Leaky(0.01),
        Activation.Identity => new Leaky(1), // with slope 1 on either side
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Expected one of the activations of the enumeration."),
    };
}
