using BnNotebooks.Clinic;
using BnNotebooks.Experiments;
using TorchSharp;

namespace BnNotebooks.Tests.Clinic;

/// <summary>Each case of batches shows its symptom, and its cure takes it away.</summary>
public class BatchCasesTests
{
    static readonly int[] all = [.. Enumerable.Range(0, 1000).Chunk(37).Select(part => part.Length)], full = [.. all.Where(size => size == 37)];

    [Fact]
    public void A_last_batch_of_one_is_refused_and_its_message_says_what_to_do()
    {
        Assert.StartsWith("refuses: Expected more than one value per channel", BatchCases.Train(all).Words);
        Assert.Equal("works", BatchCases.Train(full).Words);
    }

    [Fact]
    public void TorchSharp_makes_zeros_of_a_batch_of_one() => // up to the rounding of x − μ, divided by √ε
        Mended.FromBelow(BatchCases.LargestOutputOfLast(all), 1e-4, BatchCases.LargestOutputOfLast(full), 1);

    [Fact]
    public void Data_sorted_by_class_teaches_nothing_that_evaluation_can_use()
    {
        var sorted = BatchCases.AccuracyAfterTraining((labels, _) => [.. Enumerable.Range(0, labels.Length).OrderBy(row => labels[row])]);
        var shuffled = BatchCases.AccuracyAfterTraining((labels, random) =>
        {
            int[] rows = [.. Enumerable.Range(0, labels.Length)];
            random.Shuffle(rows);
            return rows;
        });

        Mended.FromBelow(sorted, 0.5, shuffled, 0.85);
    }

    [Fact]
    public void Accumulated_gradients_are_those_of_the_large_batch_only_without_a_batch_in_the_norm() =>
        Mended.FromAbove(BatchCases.GradientGap(Norm.Batch), 0.1, BatchCases.GradientGap(Norm.Layer), 1e-5);

    [Fact]
    public void Buffers_that_were_written_to_stop_a_backward_pass()
    {
        Assert.Contains("modified by an inplace operation", BatchCases.Backward(norm => norm.running_mean!.copy_(torch.ones(1))).Words);
        Assert.Equal("works", BatchCases.Backward(_ => { }).Words);
    }
}
