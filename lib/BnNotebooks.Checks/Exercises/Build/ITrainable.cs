namespace BnNotebooks.Checks;

/// <summary>Pictures, or anything else, and what they show.</summary>
/// <param name="X">The inputs (N, C).</param>
/// <param name="Labels">The class of each, (N).</param>
public sealed record Batch(double[,] X, int[] Labels);

/// <summary>What a training loop needs of a network, under PyTorch's names; a loop that works with one works with all.</summary>
public interface ITrainable
{
    /// <summary>From now on the network trains: batch norm takes the batch's statistics and moves its averages.</summary>
    void Train();

    /// <summary>From now on the network is evaluated: batch norm takes its averages and leaves them alone.</summary>
    void Eval();

    /// <summary>Sets all gradients to zero; <see cref="Backward"/> adds to them.</summary>
    void ZeroGradients();

    /// <summary>The network's outputs for inputs (N, C), in the mode that it is in.</summary>
    double[,] Forward(double[,] x);

    /// <summary>Adds the gradients of the loss of the last <see cref="Forward"/> with these labels.</summary>
    void Backward(int[] labels);

    /// <summary>Moves all parameters against their gradients.</summary>
    void Step();

    /// <summary>The loss of a batch, in the mode that the network is in; no gradients.</summary>
    double Loss(Batch batch);
}
