using BnNotebooks.Core;

namespace BnNotebooks.Playground.Networks;

/// <summary>
/// The network of a description: <c>Depth</c> blocks of a linear layer, a normalization and an activation (or these two the other way
/// round), then a linear layer to the two classes. <see cref="ArchitectureCode"/> says the same as C#.
/// </summary>
static class Architecture
{
    /// <summary>How many layers a block has.</summary>
    public const int BlockLength = 3;

    /// <summary>Makes the network, in training mode.</summary>
    public static Sequential Build(RunDescription description)
    {
        var random = new Random(description.Seed);
        var layers = new List<Layer<float>>();
        for (var block = 0; block < description.Depth; block++)
        {
            layers.Add(Linear(block == 0 ? 2 : description.Width, description.Width));
            var normalization = Normalizations.Create(description.Normalization, description.Width);
            SetMomentum(normalization, description.Momentum);
            var activation = Activations.Create(description.Activation);
            layers.AddRange(description.Placement == "before" ? [normalization, activation] : [activation, normalization]);
        }
        layers.Add(Linear(description.Width, 2));
        return new Sequential(layers);

        Layer<float> Linear(int inputs, int outputs)
        {
            var linear = description.Start == "pytorch" ? new Linear(inputs, outputs, random: random) : new Linear(inputs, outputs);
            if (description.Start == "he")
                Initialization.KaimingNormal(linear.Weight, random);
            if (description.Start == "xavier")
                Initialization.XavierNormal(linear.Weight, random);
            if (description.Start != "pytorch")
                linear.Bias!.Values.Clear();
            return description.Normalization == "weight" ? WeightNormLinear<float>.From(linear) : linear;
        }
    }

    /// <summary>The normalization of a block.</summary>
    public static Layer<float> Normalization(Sequential network, RunDescription description, int block) =>
        network.Children[BlockLength * block + (description.Placement == "before" ? 1 : 2)];

    /// <summary>The place of a block's activation in the network.</summary>
    public static int PlaceOfActivation(RunDescription description, int block) => BlockLength * block + (description.Placement == "before" ? 2 : 1);

    static void SetMomentum(Layer<float> normalization, double momentum)
    {
        switch (normalization)
        {
            case BatchNorm<float> batch: batch.Momentum = momentum; break;
            case AroundBatchNorm<float> around: around.Momentum = momentum; break;
            case GhostBatchNorm<float> ghost: ghost.BatchNorm.Momentum = momentum; break;
            case BatchRenorm<float> renorm: renorm.Momentum = momentum; break;
        }
    }
}
