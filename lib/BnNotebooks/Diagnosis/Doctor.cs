using TorchSharp;

namespace BnNotebooks.Diagnosis;

/// <summary>
/// Examines a network of TorchSharp for what goes wrong with normalization: averages that were never updated or went stale, dead
/// channels, batches too small or not mixed, settings that were read the other way round.
/// </summary>
/// <remarks>
/// The network runs over every batch twice, in training and in evaluation mode, without gradients. Afterwards its parameters,
/// running statistics and modes, and the state of libtorch's random numbers, are what they were before, also if its forward pass
/// throws. The layers are seen through forward hooks, which TorchSharp runs in <c>call</c> and not in <c>forward</c>.
/// </remarks>
public static class Doctor
{
    /// <summary>Examines a network over batches of inputs.</summary>
    /// <param name="model">The network; it must be on the device on which the batches are.</param>
    /// <param name="batches">
    /// Inputs (N, …) as the network takes them, batch by batch as in training: of the size and in the order that training
    /// has. Some hundred samples are enough. They are read once.
    /// </param>
    /// <returns>What was found.</returns>
    /// <exception cref="ArgumentException">There is no batch, or an empty one.</exception>
    /// <exception cref="InvalidOperationException">The network's forward pass failed.</exception>
    public static Report Examine(torch.nn.Module<torch.Tensor, torch.Tensor> model, IEnumerable<torch.Tensor> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        return Examined(model, batches.Select(inputs => (inputs, (torch.Tensor?)null)));
    }

    /// <summary>Examines a network over batches with labels, so that the answers of both modes can be compared with the right ones.</summary>
    /// <param name="model">The network; it must be on the device on which the batches are.</param>
    /// <param name="batches">Inputs (N, …), batch by batch as in training, and the class of each sample (N), whole numbers from 0.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="ArgumentException">There is no batch, or an empty one.</exception>
    /// <exception cref="InvalidOperationException">The network's forward pass failed.</exception>
    public static Report Examine(torch.nn.Module<torch.Tensor, torch.Tensor> model, IEnumerable<(torch.Tensor Inputs, torch.Tensor Labels)> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        return Examined(model, batches.Select(batch => (batch.Inputs, (torch.Tensor?)batch.Labels)));
    }

    static Report Examined(torch.nn.Module<torch.Tensor, torch.Tensor> model, IEnumerable<(torch.Tensor Inputs, torch.Tensor? Labels)> batches)
    {
        ArgumentNullException.ThrowIfNull(model);
        var training = model.training;
        using var examination = new Examination(model);
        var any = false;
        foreach (var (inputs, labels) in batches)
        {
            if (inputs.numel() == 0 || inputs.ndim == 0)
                throw new ArgumentException($"Expected batches of inputs (N, …) with at least one sample, but one has the shape ({string.Join(", ", inputs.shape)}).", nameof(batches));
            examination.Run(inputs, labels);
            any = true;
        }
        if (!any)
            throw new ArgumentException("Expected at least one batch to run the network on, but there was none.", nameof(batches));
        return Report.Of(examination.Observations(training));
    }
}
