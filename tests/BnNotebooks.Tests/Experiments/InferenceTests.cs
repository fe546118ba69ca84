using BnNotebooks.Experiments;
using TorchSharp;

namespace BnNotebooks.Tests.Experiments;

/// <summary>What notebook 06 does to a trained network: it asks in company, takes statistics anew and folds.</summary>
public sealed class InferenceTests : IDisposable
{
    static readonly Experiment Experiment = Small.Perceptron with { Normalization = Norm.Batch };

    readonly Training training = Experiment.Start(seed: 1);

    public InferenceTests() => training.Steps(20);

    public void Dispose() => training.Dispose();

    Samples Test => Experiment.Data.Test;

    float[] Running(int layer) =>
        [.. training.Model.BatchNorms[layer].running_mean!.ToTensor(), .. training.Model.BatchNorms[layer].running_var!.ToTensor()];

    [Fact]
    public void In_company_answers_differ_and_nothing_of_the_network_changes()
    {
        var (alone, running) = (Company.AnswerAlone(training, Test, 3), Running(0));

        var answers = Company.Answers(training, Test, 3, batchSize: 4, times: 10);

        Assert.True(answers.Distinct().Count() > 1);
        Assert.All(answers, answer => Assert.InRange(answer, 0, 1));
        Assert.Equal(answers, Company.Answers(training, Test, 3, batchSize: 4, times: 10));
        Assert.Equal(alone, Company.AnswerAlone(training, Test, 3));
        Assert.Equal(running, Running(0));
    }

    [Fact]
    public void The_answer_alone_is_the_softmax_of_the_prediction()
    {
        using var logits = training.Predict(Test).ToTorch();
        using var right = torch.nn.functional.softmax(logits, 1).select(0, 3).select(0, Test.Labels![3]);
        Assert.Equal(right.item<float>(), Company.AnswerAlone(training, Test, 3), 1e-6);
    }

    [Fact]
    public void Statistics_of_all_samples_at_once_are_those_of_the_first_layers_outputs()
    {
        Recalibration.Fresh(training, Experiment.Data.Train.Count);

        using var quiet = torch.no_grad();
        using var z = training.Model.Parts[0].Module.call(Experiment.Data.Train.Inputs.ToTorch().reshape(150, 36));
        float[] expected = [.. z.mean([0]).ToTensor(), .. z.var(0, unbiased: true).ToTensor()];
        Assert.All(Running(0).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
        Assert.Equal(0.1, training.Model.BatchNorms[0].momentum);
    }

    [Fact]
    public void A_fresh_average_of_batches_is_the_plain_average_of_their_variances()
    {
        Recalibration.Fresh(training, batchSize: 50);

        using var quiet = torch.no_grad();
        using var z = training.Model.Parts[0].Module.call(Experiment.Data.Train.Inputs.ToTorch().reshape(3, 50, 36));
        float[] expected = [.. z.var(1, unbiased: true).mean([0]).ToTensor()];
        Assert.All(Running(0)[20..].Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
    }

    [Fact]
    public void The_biased_variance_is_smaller_by_one_in_the_batch()
    {
        var before = Running(1);
        Recalibration.MakeBiased(training);
        Assert.All(Running(1)[20..].Zip(before[20..]), pair => Assert.Equal(pair.Second * 14 / 15, pair.First, 1e-5));
    }

    [Fact]
    public void A_folded_network_has_no_batch_norm_and_computes_the_same()
    {
        using var folded = training.Model.Folded();
        using var x = Test.Inputs.ToTorch().reshape(Test.Count, 36);
        training.Model.Train(false);

        Assert.Empty(folded.BatchNorms);
        Assert.Equal(5, folded.Parts.Count); // three linear layers, two activations
        using var apart = folded.Forward(x).sub(training.Model.Forward(x)).abs().max();
        Assert.InRange(apart.item<float>(), 0, 1e-5);
    }

    [Fact]
    public void A_batch_norm_behind_an_activation_cannot_be_folded()
    {
        using var after = (Experiment with { Placement = Placement.AfterActivation }).Start();
        Assert.Contains("BeforeActivation", Assert.Throws<InvalidOperationException>(after.Model.Folded).Message);
    }

    [Fact]
    public void Looks_by_statistics_of_test_batches_see_the_same_training_otherwise()
    {
        var (running, batch) = (Experiment.Run(1).Runs[0], (Experiment with { LookBy = Statistics.Batch }).Run(1).Runs[0]);

        Assert.Equal(running.Losses, batch.Losses);
        Assert.NotEqual(running.TestLoss, batch.TestLoss);
        Assert.Equal(training.Evaluate(Test, Statistics.Batch).Loss, batch.Tests[2].Loss, 1e-6); // after 20 steps
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(60)]
    public void A_sample_that_does_not_exist_is_refused(int row)
    {
        Assert.Throws<ArgumentException>(() => Test.Rows([0, row]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Company.AnswerAlone(training, Test, row));
    }
}
