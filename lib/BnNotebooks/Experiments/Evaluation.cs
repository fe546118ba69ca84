namespace BnNotebooks.Experiments;

/// <summary>How well a network does on some samples.</summary>
/// <param name="Step">After how many training steps.</param>
/// <param name="Loss">The mean cross-entropy in nats, or the mean squared error where numbers are predicted.</param>
/// <param name="Accuracy">The share of samples put in the right class, or NaN where numbers are predicted.</param>
public readonly record struct Evaluation(int Step, double Loss, double Accuracy);

/// <summary>What a batch norm normalizes by while a network is evaluated.</summary>
public enum Statistics
{
    /// <summary>The running mean and variance, as <c>eval()</c> does.</summary>
    Running,

    /// <summary>The mean and variance of the batch at hand, as in training. Dropout and noise are at work then too.</summary>
    Batch,
}
