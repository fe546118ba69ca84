using TorchSharp;
using TorchSharp.Modules;

namespace BnNotebooks.Diagnosis;

/// <summary>The normalizations of TorchSharp that the doctor knows.</summary>
enum NormKind
{
    Batch,
    Instance,
    Group,
    Layer,
}

/// <summary>A normalization layer of the network: its settings, parameters and averages as they were before the examination.</summary>
sealed record NormLayer(string Name, NormKind Kind, torch.nn.Module<torch.Tensor, torch.Tensor> Module)
{
    public double Eps { get; private init; }

    /// <summary>The share of a new batch in the averages; null for their plain average, and where there are none.</summary>
    public double? Momentum { get; private init; }

    /// <summary>Whether the layer keeps averages for evaluation.</summary>
    public bool Tracks => RunningMean is not null;

    public double[]? Gamma { get; private init; }
    public double[]? Beta { get; private init; }
    public double[]? RunningMean { get; private init; }
    public double[]? RunningVar { get; private init; }
    public double? BatchesCounted { get; private init; }

    /// <summary>The type of the averages.</summary>
    public torch.ScalarType? Precision { get; private init; }

    /// <summary>Whether γ and β are kept from learning.</summary>
    public bool Frozen { get; private init; }

    /// <summary>The mode in which the layer was before the examination.</summary>
    public bool Training { get; private init; }

    /// <summary>The mode in which it is when the whole network is in training mode.</summary>
    public bool TrainsWithNetwork { get; set; }

    /// <summary>The groups of a group norm.</summary>
    long Groups { get; init; } = 1;

    /// <summary>Reads a module, or returns null if it is no normalization.</summary>
    public static NormLayer? Read(string name, torch.nn.Module module) => module switch
    {
        NormBase norm => new(name, norm is BatchNorm ? NormKind.Batch : NormKind.Instance, norm)
        {
            Eps = norm.eps,
            Momentum = norm.momentum,
            Gamma = Numbers.OrNull(norm.weight),
            Beta = Numbers.OrNull(norm.bias),
            RunningMean = Numbers.OrNull(norm.running_mean),
            RunningVar = Numbers.OrNull(norm.running_var),
            BatchesCounted = Numbers.OrNull(norm.num_batches_tracked)?[0],
            Precision = norm.running_var?.dtype,
            Frozen = norm.weight is { requires_grad: false },
            Training = norm.training,
        },
        GroupNorm norm => new(name, NormKind.Group, norm)
        {
            Eps = norm.eps,
            Gamma = Numbers.OrNull(norm.weight),
            Beta = Numbers.OrNull(norm.bias),
            Groups = norm.num_groups,
            Frozen = norm.weight is { requires_grad: false },
            Training = norm.training,
        },
        LayerNorm norm => new(name, NormKind.Layer, norm)
        {
            Eps = norm.eps,
            Gamma = Numbers.OrNull(norm.weight),
            Beta = Numbers.OrNull(norm.bias),
            Groups = norm.normalized_shape.Aggregate(1L, (product, length) => product * length), // the features, here
            Frozen = norm.weight is { requires_grad: false },
            Training = norm.training,
        },
        _ => null,
    };

    /// <summary>The layer's input or output as samples, channels (each has its γ and β) and positions.</summary>
    public Extent Channels(torch.Tensor x)
    {
        long values = x.numel(), samples = x.shape[0], channels = x.ndim > 1 ? x.shape[1] : 1;
        if (Kind == NormKind.Layer)
            (samples, channels) = (values / Groups, Groups);
        else if (Kind == NormKind.Instance && Module is NormBase norm && x.ndim > 1 && x.shape[1] != norm.num_features)
            (samples, channels) = (1, norm.num_features); // one sample without a dimension for it
        return new((int)samples, (int)channels, (int)(values / Math.Max(1, samples * channels)));
    }

    /// <summary>
    /// The same values as the sets over which the layer takes a mean and a variance: one for each channel, group or row.
    /// Given as samples of one channel whose positions are the set's values; null for a batch norm, whose sets are its channels.
    /// </summary>
    public Extent? Sets(Extent channels)
    {
        var (n, c, p) = channels;
        return Kind switch
        {
            NormKind.Instance => new(1, n * c, p),
            NormKind.Group => new(1, n * (int)Groups, c / (int)Groups * p),
            NormKind.Layer => new(1, n, c),
            _ => null,
        };
    }
}
