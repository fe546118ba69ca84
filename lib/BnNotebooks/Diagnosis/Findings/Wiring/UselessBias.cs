using TorchSharp.Modules;

namespace BnNotebooks.Diagnosis;

/// <summary>A bias whose only effect the batch norm behind it subtracts again.</summary>
sealed class UselessBias : ISymptom
{
    public const string Name = "bias without effect";

    public IEnumerable<Finding> In(Observations seen)
    {
        string[] layers = [.. seen.Steps.Zip(seen.Steps.Skip(1))
            .Where(pair => ReferenceEquals(pair.First.Output, pair.Second.Input) && Kinds.HasBias(pair.First.Module) && pair.Second.Module is BatchNorm)
            .Select(pair => pair.First.Name)];
        if (layers.Length > 0)
            yield return new Finding(Name, layers[0], Severity.Remark,
                $"The batch norm right behind it subtracts the mean, and the bias with it{(layers.Length > 1 ? $"; so in {layers.Length} layers" : "")}.",
                "Make the layer with hasBias: false, a convolution with bias: false; β does its work.");
    }
}
