using System.Numerics.Tensors;
using BnNotebooks.Data;
using BnNotebooks.Experiments;
using BnNotebooks.Experiments.Transformers;

namespace BnNotebooks.Tests.Experiments.Transformers;

public class TransformerTests
{
    const string Here = "she had been forced into prudence", Elsewhere = "captain wentworth was on the lower";

    static readonly CharacterText Text = Austen.Load();

    static TextExperiment Small(TokenNorm norm, NormPlace place = NormPlace.Before) =>
        new() { Text = Text, Network = new Transformer { Layers = 2, Width = 16, Heads = 2, Context = 16, Norm = norm, Place = place }, BatchSize = 4, Steps = 30, LearningRate = 0.01 };

    public static TheoryData<TokenNorm, NormPlace> Networks => [.. from norm in Enum.GetValues<TokenNorm>() from place in Enum.GetValues<NormPlace>() select (norm, place)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void There_is_a_logit_for_each_character_behind_each_token(TokenNorm norm, NormPlace place)
    {
        using var training = Small(norm, place).Start();
        var logits = training.Logits([Here[..10], Elsewhere[..10]]);
        Assert.Equal(2, logits.Length);
        Assert.All(logits, each => Assert.Equal([10, 75], each.Lengths.ToArray().Select(length => (int)length)));
        Assert.All(logits, each => Assert.True(each.All(float.IsFinite)));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_later_token_changes_no_earlier_output_in_evaluation(TokenNorm norm, NormPlace place)
    {
        using var training = Small(norm, place).Start();
        training.Run(3);
        Assert.Equal(0, Leak(training, Statistics.Running));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void In_training_a_later_token_changes_earlier_outputs_with_batch_norm_alone(TokenNorm norm, NormPlace place)
    {
        using var training = Small(norm, place).Start();
        training.Run(3);
        Assert.Equal(norm == TokenNorm.Batch, Leak(training, Statistics.Batch) > 0);
    }

    [Theory]
    [InlineData(TokenNorm.Layer)]
    [InlineData(TokenNorm.Batch)]
    public void Only_through_batch_norm_does_it_matter_to_a_loss_how_the_text_goes_on(TokenNorm norm)
    {
        using var training = Small(norm).Start();
        var (own, other) = FutureProbe.Losses(training);
        Assert.InRange(own, 3, 8); // guesses, as below
        Assert.Equal(norm == TokenNorm.Batch, own != other);
    }

    [Fact]
    public void Where_no_beginning_comes_twice_the_question_cannot_be_asked()
    {
        var text = new CharacterText(string.Concat(Enumerable.Range(0, 400).Select(i => (char)('!' + i))));
        using var training = (Small(TokenNorm.Batch) with { Text = text }).Start();
        Assert.Contains("come twice", Assert.Throws<ArgumentException>(() => FutureProbe.Losses(training)).Message);
    }

    [Fact]
    public void A_later_token_does_change_its_own_output()
    {
        using var training = Small(TokenNorm.Layer).Start();
        Assert.NotEqual(training.Logits("prudent")[6, 0], training.Logits("prudens")[6, 0]);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_look_changes_nothing(TokenNorm norm, NormPlace place)
    {
        using TextTraining looked = Small(norm, place).Start(), left = Small(norm, place).Start();
        looked.Evaluate(Text.Test, Statistics.Batch);
        TransformerProbes.StreamVariances(looked);
        TransformerProbes.LargestLogit(looked);
        TransformerProbes.LayerNormCurve(looked);
        TransformerProbes.OutputChange(looked);
        FutureProbe.Losses(looked);
        Assert.Equal(left.Run(3), looked.Run(3));
        Assert.Equal(left.Evaluate(Text.Test), looked.Evaluate(Text.Test));
    }

    [Theory]
    [InlineData(TokenNorm.None)]
    [InlineData(TokenNorm.Layer)]
    [InlineData(TokenNorm.Rms)]
    [InlineData(TokenNorm.DyT)]
    [InlineData(TokenNorm.Batch)]
    public void It_learns_from_uniform_guesses_on(TokenNorm norm)
    {
        var losses = (Small(norm) with { Steps = 60 }).Losses();
        Assert.InRange(losses[0], 3.5, 7); // guesses: ln 75 = 4.3, and wrong ones cost more
        Assert.InRange(losses[^5..].Average(), 1.5, losses[0] - 0.5); // no model this small knows English
    }

    [Fact]
    public void Equal_seeds_begin_alike_whatever_the_normalization_and_give_the_same_run_each_time()
    {
        using TextTraining plain = Small(TokenNorm.None).Start(7), zero = (Small(TokenNorm.None) with { Network = Small(TokenNorm.None).Network with { QkNorm = true } }).Start(7);
        Assert.Equal(plain.Model.BlockWeights.Select(weight => weight.sum().item<float>()), zero.Model.BlockWeights.Select(weight => weight.sum().item<float>()));
        Assert.Equal(Small(TokenNorm.Rms).Losses(3), Small(TokenNorm.Rms).Losses(3));
    }

    [Fact]
    public void With_branches_from_0_the_first_outputs_are_those_of_the_embeddings_alone()
    {
        using var training = (Small(TokenNorm.None) with { Network = Small(TokenNorm.None).Network with { ZeroBranches = true } }).Start();
        var variances = TransformerProbes.StreamVariances(training);
        Assert.Equal(3, variances.Length); // before the first block and behind two
        Assert.All(variances, variance => Assert.Equal(variances[0], variance));
    }

    [Fact]
    public void Behind_post_LN_the_stream_has_variance_1_and_with_pre_LN_it_grows()
    {
        using TextTraining post = Small(TokenNorm.Layer, NormPlace.After).Start(), pre = Small(TokenNorm.Layer).Start();
        Assert.All(TransformerProbes.StreamVariances(post)[1..], variance => Assert.Equal(1, variance, 3)); // ε takes a little
        var grown = TransformerProbes.StreamVariances(pre);
        Assert.Equal(grown.Order(), grown);
    }

    [Fact]
    public void QK_norm_bounds_the_logits_by_the_root_of_the_heads_channels()
    {
        using var training = (Small(TokenNorm.Layer) with { Network = Small(TokenNorm.Layer).Network with { QkNorm = true } }).Start();
        // |q|² = |k|² = 8 channels of a head, and q·k/√8 is at most √8 while the gains are 1.
        Assert.InRange(TransformerProbes.LargestLogit(training), 0.1, Math.Sqrt(8) + 1e-4);
    }

    [Fact]
    public void A_warm_up_makes_the_first_steps_small()
    {
        var cold = Small(TokenNorm.Layer);
        double Moved(TextExperiment experiment)
        {
            using var training = experiment.Start();
            var before = training.Logits("prudence");
            training.Step();
            return before.Zip(training.Logits("prudence"), (a, b) => Math.Abs(a - b)).Max();
        }
        Assert.InRange(Moved(cold with { WarmUp = 100 }) / Moved(cold), 0, 0.1);
    }

    [Fact]
    public void It_writes_on_by_the_characters_of_the_text()
    {
        using var training = Small(TokenNorm.Layer).Start();
        var written = training.Write("Anne", 30, seed: 2);
        Assert.Equal(34, written.Length);
        Assert.StartsWith("Anne", written);
        Assert.Equal(written, training.Write("Anne", 30, seed: 2));
        Assert.All(written, character => Assert.Contains(character, Text.Alphabet));
    }

    [Theory]
    [InlineData("", "lengths are 0")]
    [InlineData("far longer than sixteen", "context of 16")]
    public void A_text_that_does_not_fit_is_refused(string text, string said)
    {
        using var training = Small(TokenNorm.Layer).Start();
        Assert.Contains(said, Assert.Throws<ArgumentException>(() => training.Logits(text)).Message);
    }

    [Fact]
    public void What_does_not_go_together_is_refused() =>
        Assert.Contains("multiple of the 4 heads", Assert.Throws<ArgumentOutOfRangeException>(() => (new TextExperiment { Text = Text, Network = new Transformer { Width = 30 } }).Start()).Message);

    // The largest change of what is said behind the first five tokens, when the sixth and all later ones are others.
    static float Leak(TextTraining training, Statistics statistics)
    {
        var other = Here[..5] + Elsewhere[5..12];
        var (before, after) = (training.Logits(Here[..12], statistics), training.Logits(other, statistics));
        return Enumerable.Range(0, 5).SelectMany(token => Enumerable.Range(0, 75).Select(character => Math.Abs(before[token, character] - after[token, character]))).Max();
    }
}
