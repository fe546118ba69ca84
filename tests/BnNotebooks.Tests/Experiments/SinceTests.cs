using BnNotebooks.Experiments;
using TorchSharp;

namespace BnNotebooks.Tests.Experiments;

/// <summary>What notebook 18 trains in other ways than the rest of the course.</summary>
public class SinceTests
{
    public static TheoryData<BranchStart, bool> Branches => new MatrixTheoryData<BranchStart, bool>(Enum.GetValues<BranchStart>(), [true, false]);

    [Theory]
    [MemberData(nameof(Branches))]
    public void Residual_blocks_learn_from_every_start_of_their_branches(BranchStart start, bool batchNorm)
    {
        var run = (Small.Perceptron with
        {
            Network = new ResidualBlocks(2, 20) { Branches = start },
            Normalization = batchNorm ? Norm.Batch : Norm.None,
            Init = WeightInit.He,
            Steps = 150,
        }).Run(1).Runs[0];

        Assert.InRange(run.FinalLoss, 0, 0.5); // a guess costs ln 3 = 1.1
    }

    [Theory]
    [InlineData(BranchStart.FactorFromZero)]
    [InlineData(BranchStart.Fixup)]
    public void Branches_that_start_at_zero_have_nothing_to_say_yet(BranchStart start)
    {
        using var training = Blocks(start, Norm.None).Start();
        Assert.Equal([0, 0, 0, 0, 0, 0], BranchShares.Of(training));
    }

    [Fact]
    public void With_batch_norm_a_branch_is_one_of_as_many_parts_as_there_are_blocks_before_it()
    {
        using var normalized = Blocks(BranchStart.Usual, Norm.Batch).Start();
        using var plain = Blocks(BranchStart.Usual, Norm.None).Start();
        double[] with = BranchShares.Of(normalized), without = BranchShares.Of(plain);

        // Every branch adds the same variance, so from the second on the share falls as 1/(ℓ + c); the branches are random, 300 units wide.
        for (var block = 2; block < 6; block++)
            Assert.Equal(1 / with[1] + block - 1, 1 / with[block], 0.25 * block);
        Assert.All(without, share => Assert.InRange(share, 0.25, 0.75)); // about as much as what flows around it
    }

    [Fact]
    public void The_shares_of_branches_are_asked_of_residual_blocks_and_change_nothing()
    {
        using var training = Blocks(BranchStart.Usual, Norm.Batch).Start();
        var before = training.Model.BatchNorms[0].running_mean!.data<float>().ToArray();
        BranchShares.Of(training);
        Assert.Equal(before, training.Model.BatchNorms[0].running_mean!.data<float>().ToArray());
        using var other = Small.Perceptron.Start();
        Assert.Contains("residual blocks", Assert.Throws<ArgumentException>(() => BranchShares.Of(other)).Message);
    }

    [Fact]
    public void A_network_in_use_learns_from_its_own_answers_and_is_afterwards_as_before()
    {
        using var training = (Small.Cnn with { Normalization = Norm.Group with { Groups = 2 } }).Start();
        training.Steps(40);
        var before = training.Evaluate(Small.Images.Test);

        Assert.Equal(before.Accuracy, TestTime.Accuracy(training, Small.Images.Test, 10, rate: 0), 1e-6); // a float sum of ones
        TestTime.Accuracy(training, Small.Images.Test, 10, rate: 1);

        Assert.Equal(before, training.Evaluate(Small.Images.Test));
    }

    [Fact]
    public void Batch_norms_in_use_take_the_statistics_of_the_stream()
    {
        using var training = (Small.Cnn with { Normalization = Norm.Batch, Steps = 150 }).Start();
        training.Steps(150);
        var dark = ImageChanges.Darker(Small.Images.Test, 0.1);

        // A tenth of the light is a scale that batch norm takes away, and running statistics do not.
        Assert.InRange(TestTime.Accuracy(training, dark, 30, rate: 0) - training.Evaluate(dark).Accuracy, 0.2, 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void After_a_round_clients_have_all_in_common_but_what_stays_local(bool normsStayLocal)
    {
        var data = Small.Images;
        DataSet Half(int half) => data with { Train = data.Train.Rows([.. Enumerable.Range(0, data.Train.Count).Where(row => row % 2 == half)]) };
        using var federation = new Federation(new[] { 0, 1 }.Select(half => Small.Perceptron with { Data = Half(half), Normalization = Norm.Batch }), seed: 1, normsStayLocal);

        federation.Round(localSteps: 3);

        var (a, b) = (federation.Clients[0].Model, federation.Clients[1].Model);
        const Trained Shared = Trained.HiddenWeights | Trained.Output;
        Assert.All(a.Of(Shared).Zip(b.Of(Shared)), pair => Assert.Equal(Numbers(pair.First), Numbers(pair.Second)));
        Assert.Equal(!normsStayLocal, Numbers(a.BatchNorms[0].running_mean!).SequenceEqual(Numbers(b.BatchNorms[0].running_mean!)));
        Assert.InRange(federation.Accuracy(), 0, 1);

        static float[] Numbers(torch.Tensor tensor) => tensor.data<float>().ToArray();
    }

    [Fact]
    public void A_federation_of_one_trains_as_its_client_would_alone()
    {
        using var federation = new Federation([Small.Perceptron], seed: 3);
        using var alone = Small.Perceptron.Start(seed: 3);

        for (var round = 0; round < 4; round++)
            federation.Round(localSteps: 5);
        alone.Steps(20);

        Assert.Equal(alone.Evaluate(Small.Images.Test).Accuracy, federation.Accuracy());
    }

    [Fact]
    public void A_sample_alone_hardly_tells_its_class_and_beside_its_siblings_it_does()
    {
        var samples = Siblings.Make(seed: 1).Train;
        var values = new float[samples.Inputs.FlattenedLength];
        samples.Inputs.FlattenTo(values);
        double[] first = [.. Enumerable.Range(0, samples.Count).Select(row => (double)values[row * 16])];
        double RightIf(Func<int, bool> isOne) => Enumerable.Range(0, samples.Count).Average(row => isOne(row) == (samples.Labels![row] == 1) ? 1.0 : 0);
        double[] families = [.. first.Chunk(Siblings.FamilySize).Select(family => (family.Min() + family.Max()) / 2)];

        // Above 0 is the best guess where classes lie 2 apart and families have a deviation of 5: Φ(1/5) = 58 %.
        Assert.InRange(RightIf(row => first[row] > 0), 0.5, 0.66);
        Assert.InRange(RightIf(row => first[row] > families[row / Siblings.FamilySize]), 0.97, 1);
    }

    static Experiment Blocks(BranchStart start, Norm norm) => Small.Perceptron with
    {
        Network = new ResidualBlocks(6, 300) { Branches = start },
        Normalization = norm,
        Init = WeightInit.He,
        BatchSize = 60,
    };
}
