using System.Numerics;
using System.Numerics.Tensors;

namespace BnNotebooks.Core;

/// <summary>
/// Synchronized batch normalization (Peng et al. 2018, "MegDet"): several replicas hold a part of one large batch each and normalize as if they held it
/// together, as <c>torch.nn.SyncBatchNorm</c> does across processes. Here the replicas are the tensors of a list.
/// </summary>
/// <remarks>
/// What the replicas would send each other is little. Forward: the count, mean and variance of each channel
/// (<see cref="ChannelStatistics"/>), which merge. Backward: ∂ℓ/∂γ and ∂ℓ/∂β of each channel, which add up. With m_r, μ_r and
/// σ²_r of each replica r:
/// <code>
/// m = Σ_r m_r        μ = Σ_r m_r/m · μ_r        σ² = Σ_r m_r/m · (σ²_r + (μ_r − μ)²)        y = γ·(x − μ)/√(σ² + ε) + β
/// </code>
/// The replicas share one
/// set of parameters and running statistics, those of the batch norm inside. The parts need not be of one size. As for a
/// <see cref="Layer{T}"/>, nothing is kept in evaluation mode with the batch norm's <see cref="Layer{T}.GradEnabled"/> false, and the
/// parameters must stay as they are between a forward pass and its backward pass; the inputs are copied.
/// </remarks>
/// <typeparam name="T">The element type.</typeparam>
public sealed class SyncBatchNorm<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private Part[] savedInputs = [];
    private ChannelStatistics? statistics;
    private bool ofBatch;

    /// <summary>Synchronizes a batch norm over replicas.</summary>
    /// <param name="batchNorm">The batch norm whose parameters, options, mode and running statistics are used.</param>
    public SyncBatchNorm(BatchNorm<T> batchNorm)
    {
        ArgumentNullException.ThrowIfNull(batchNorm);
        BatchNorm = batchNorm;
    }

    /// <summary>The batch norm inside: its parameters, running statistics and mode are those of all replicas.</summary>
    public BatchNorm<T> BatchNorm { get; }

    /// <summary>Normalizes the parts of a batch by the statistics of the whole.</summary>
    /// <param name="inputs">The input of each replica, of the batch norm's shape; the batch sizes may differ, and be 0.</param>
    /// <returns>The output of each replica.</returns>
    /// <exception cref="ArgumentException">
    /// There is no input, one has a shape the batch norm does not take, or there is one value per channel in all of them together.
    /// </exception>
    public IReadOnlyList<Tensor<T>> Forward(IReadOnlyList<Tensor<T>> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count == 0)
            throw new ArgumentException("Expected the input of at least one replica, but there is none.", nameof(inputs));
        foreach (var input in inputs)
            BatchNorm.CheckChannels(input.Lengths, nameof(inputs));
        if (BatchNorm.UsesBatchStatistics && inputs.Sum(input => NormShape.Batch(input.Lengths).M) == 1)
            throw new ArgumentException(
                "Expected more than one value per channel in all replicas together, but there is one. Use a larger batch, or call Eval() first.",
                nameof(inputs));

        var inference = BatchNorm.Inference;
        using var turn = BatchNorm.Enter(shared: inference);
        var outputs = inputs.Select(Part.CopyOf).ToArray();
        var filled = outputs.Where(output => output.Values.Length > 0).ToArray();
        var by = filled.Length == 0 ? new ChannelStatistics(0, new double[BatchNorm.NumFeatures], new double[BatchNorm.NumFeatures])
            : BatchNorm.UsesBatchStatistics
            ? filled.Select(input => ChannelStatistics.Of(input.Values, input.Shape, BatchNorm.Arithmetic)).Aggregate((a, b) => a.Merge(b))
            : BatchNorm.RunningStatistics();
        (savedInputs, statistics, ofBatch) = inference ? ([], null, false) : (inputs.Select(Part.CopyOf).ToArray(), by, BatchNorm.UsesBatchStatistics);

        foreach (var output in filled)
            BatchNorm.Normalize(output.Values, output.Shape, by, output.Values);
        if (BatchNorm.Training && filled.Length > 0)
            BatchNorm.UpdateRunningStatistics(by);
        return [.. outputs.Select(output => output.Tensor)];
    }

    /// <summary>
    /// Takes the gradients of the loss back through the latest forward pass; adds those of the parameters to the batch norm's.
    /// </summary>
    /// <param name="gradOutputs">∂loss/∂output of each replica.</param>
    /// <returns>∂loss/∂input of each replica.</returns>
    /// <exception cref="InvalidOperationException">There was no forward pass.</exception>
    /// <exception cref="ArgumentException">There are more or fewer gradients than replicas, or one has another shape than its output.</exception>
    public IReadOnlyList<Tensor<T>> Backward(IReadOnlyList<Tensor<T>> gradOutputs)
    {
        ArgumentNullException.ThrowIfNull(gradOutputs);
        using var turn = BatchNorm.Enter(shared: false);
        if (statistics is null)
            throw new InvalidOperationException("SyncBatchNorm.Backward needs a forward pass before it, but there was none. Call Forward first.");
        if (gradOutputs.Count != savedInputs.Length)
            throw new ArgumentException($"Expected the gradients of {savedInputs.Length} replicas, but there are {gradOutputs.Count}.", nameof(gradOutputs));
        foreach (var (input, gradient) in savedInputs.Zip(gradOutputs))
            Guard.SameShape(gradient.Lengths, input.Tensor.Lengths, nameof(gradOutputs));

        var gradients = gradOutputs.Select(Part.CopyOf).ToArray();
        var filled = savedInputs.Zip(gradients).Where(pair => pair.First.Values.Length > 0).ToArray();
        if (filled.Length == 0)
            return [.. gradients.Select(gradient => gradient.Tensor)];
        var sums = filled
            .Select(pair => BatchNorm.ParameterGradients(pair.Second.Values, pair.First.Values, pair.First.Shape, statistics))
            .Aggregate((a, b) => a.Plus(b));
        BatchNorm.Accumulate(sums);
        foreach (var (input, gradient) in filled)
            BatchNorm.InputGradient(
                gradient.Values, input.Values, input.Shape, statistics, ofBatch ? sums : null, gradient.Values);
        return [.. gradients.Select(gradient => gradient.Tensor)];
    }

    /// <summary>A replica's tensor of our own, and the array behind it.</summary>
    private sealed record Part(T[] Values, Tensor<T> Tensor)
    {
        public NormShape Shape => NormShape.Batch(Tensor.Lengths);

        public static Part CopyOf(Tensor<T> tensor)
        {
            var values = new T[tensor.FlattenedLength];
            tensor.FlattenTo(values);
            return new Part(values, System.Numerics.Tensors.Tensor.Create(values, tensor.Lengths));
        }
    }
}
