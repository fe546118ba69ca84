using BnNotebooks.Clinic;
using BnNotebooks.Core;
using TorchSharp;

namespace BnNotebooks.Tests.Clinic;

/// <summary>Each case of mixed batches shows its symptom, and its cure takes it away.</summary>
public class MixtureCasesTests
{
    static torch.Tensor All(torch.Tensor x) => torch.nn.functional.batch_norm(x, null, null, training: true);

    [Fact]
    public void Padding_changes_the_output_for_a_sentence_unless_it_is_masked()
    {
        static torch.Tensor Words(torch.Tensor x, torch.Tensor there)
        {
            var words = x.transpose(1, 2).contiguous();
            words[there] = All(words[there]);
            return words.transpose(1, 2).contiguous();
        }

        Mended.FromAbove(MixtureCases.ChangeByPadding((x, _) => All(x)), 0.5, MixtureCases.ChangeByPadding(Words), 0);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(32)]
    public void Real_images_push_the_generated_ones_away_from_0(int reals) =>
        Mended.FromBelow(MixtureCases.MeanOfGenerated(reals), -0.3, MixtureCases.MeanOfGenerated(0), -1e-5);

    [Fact]
    public void Two_domains_need_two_pairs_of_averages() =>
        Mended.FromBelow(MixtureCases.AccuracyOnTwoDomains((_, _) => { }), 0.8,
            MixtureCases.AccuracyOnTwoDomains((net, domain) => net.UseStatistics(domain)), 0.85);

    [Fact]
    public void Uneven_replicas_are_one_batch_only_if_their_counts_are_weighed() =>
        Mended.FromAbove(MixtureCases.AwayFromOneBatch(MixtureCases.ByMeanOfMeans), 0.05,
            MixtureCases.AwayFromOneBatch(parts => new SyncBatchNorm<float>(new BatchNorm1d(3)).Forward(parts)), 1e-5);
}
