namespace BnNotebooks.Checks.Tests;

/// <summary>Whatever a learner's function does, the check answers in a sentence that helps, and the notebook goes on.</summary>
[Collection("the learner's state")]
public class EngineTests
{
    static readonly double[,] some = { { 1, 2 }, { 3, 4 } };

    public static TheoryData<string, Func<double[,], double[], double[], double, double[,]>, string> Hostile => new()
    {
        { "no rows", (_, _, _, _) => new double[0, 0], "With a 4 × 3 table it is 0 × 0, expected 4 × 3." },
        { "a size of its own", (_, _, _, _) => some, "it is 2 × 2, expected 4 × 3" },
        { "transposed size", (x, _, _, _) => new double[x.GetLength(1), x.GetLength(0)], "it is 3 × 4, expected 4 × 3" },
        { "NaN", (x, _, _, _) => Each(x, _ => double.NaN), "All of it is NaN, which is what 0/0 gives" },
        { "infinity", (x, _, _, _) => Each(x, _ => double.PositiveInfinity), "y[0, 0] is Infinity, expected" },
        { "zeros", (x, _, _, _) => Each(x, _ => 0), "All of it is zero" },
        { "the input", (x, _, _, _) => x, "This is x itself" },
        { "the wrong sign", (x, g, b, e) => Each(Right(x, g, b, e), v => -v), "The sign is wrong everywhere." },
        { "a factor", (x, g, b, e) => Each(Right(x, g, b, e), v => 3 * v), "Everything is 3 times what it should be." },
        { "a factor that is N", (x, g, b, e) => Each(Right(x, g, b, e), v => x.GetLength(0) * v), "Everything is N times too large. A sum where a mean is meant?" },
        { "an offset", (x, g, b, e) => Each(Right(x, g, b, e), v => v + 2), "off by the same amount: 2 too large" },
        { "float", (x, g, b, e) => Each(Right(x, g, b, e), v => (float)v), "as if a step were computed in float" },
        { "an index too far", (x, _, _, _) => Each(x, _ => x[0, 99]), "An index ran out of an array." },
        { "null inside", (x, _, _, _) => Each(x, _ => ((double[]?)null)![0]), "Something is null" },
        { "a message of its own", (_, _, _, _) => throw new InvalidOperationException("I am stuck."), "It threw InvalidOperationException: I am stuck. That was with a 4 × 3 table." },
        { "a whole number by zero", (x, _, _, _) => Each(x, _ => 1 / (x.GetLength(0) - x.GetLength(0))), "A whole number was divided by zero." },
        { "far too much memory", (_, _, _, _) => new double[int.MaxValue, int.MaxValue], "It asked for more memory than there is." },
        { "a change of γ", (x, g, b, e) => { var y = Right(x, g, b, e); g[1] = 0; return y; }, "You changed gamma in place." },
        { "the output in the input", (x, g, b, e) => { Array.Copy(Right(x, g, b, e), x, x.Length); return x; }, "You changed x in place." },
        { "only some inputs", (x, g, b, e) => x.GetLength(0) == 4 ? Right(x, g, b, e) : throw new NotImplementedException(), "Some inputs go a way that is not written yet." },
        { "wrong for one input", (x, g, b, e) => x.GetLength(0) == 3 ? Each(Right(x, g, b, e), v => v * v + 1) : Right(x, g, b, e), "It is right with a 4 × 3 table; a 7 × 2 table and a large ε." },
        { "NaN for one input", (x, g, b, e) => Each(Right(x, g, b, e), v => x.GetLength(0) == 3 ? double.NaN : v), "NaN is what 0/0 gives" },
        { "chance", (x, _, _, _) => Each(x, _ => Random.Shared.NextDouble()), "expected" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_wrong_answer_is_wrong_and_says_why(string what, Func<double[,], double[], double[], double, double[,]> answer, string expected)
    {
        var result = Check.Forward(answer);
        Assert.True(result.Status == CheckStatus.Wrong, what);
        Assert.Contains(expected, result.Message);
        Assert.Contains("Check.Hint()", result.Next);
    }

    [Fact]
    public void Nothing_written_is_not_solved_and_no_failure()
    {
        var result = Check.Forward((_, _, _, _) => throw new NotImplementedException());
        Assert.Equal(CheckStatus.NotSolved, result.Status);
        Assert.Empty(result.Parts);
    }

    [Fact]
    public void Null_is_not_solved() => Assert.Contains("It returns null.", Check.Forward((_, _, _, _) => null!).Message);

    [Fact]
    public void No_stages_at_all_are_not_solved() => Assert.Equal(CheckStatus.NotSolved, Check.Backward((_, _, _, _) => null!).Status);

    [Fact]
    public void The_first_stage_that_is_missing_is_named()
    {
        var result = Check.Backward((dy, x, gamma, eps) => Mine.Backward(dy, x, gamma, eps) with { DVar = null, DMean = null, DX = null });
        Assert.Equal(CheckStatus.NotSolved, result.Status);
        Assert.Contains("dσ² is next", result.Message);
        Assert.Equal(["dγ", "dβ", "dx̂", "dσ²", "dμ", "dx"], result.Parts.Select(part => part.Name));
        Assert.Equal([true, true, true, false, false, false], result.Parts.Select(part => part.RelativeError is not null));
    }

    [Fact]
    public void What_never_returns_is_given_up()
    {
        var result = Check.SgdStep((_, _, _) =>
        {
            Thread.Sleep(Timeout.Infinite); // as a loop without an end, but it leaves the processor to the other tests
            return [];
        });
        Assert.Equal(CheckStatus.Wrong, result.Status);
        Assert.Contains("did not return within 10 seconds", result.Message);
    }

    [Fact]
    public void What_it_prints_arrives_where_the_caller_prints()
    {
        var (console, text) = (Console.Out, new StringWriter());
        Console.SetOut(text);
        var result = Check.HeStart((inputs, _) =>
        {
            Console.WriteLine($"inputs = {inputs}");
            return Math.Sqrt(2.0 / inputs);
        });
        Console.SetOut(console);
        Assert.Equal(CheckStatus.Solved, result.Status);
        Assert.Contains("inputs = 64", text.ToString());
    }

    [Fact]
    public void A_value_that_is_zero_up_to_rounding_is_not_taken_for_the_wrong_one()
    {
        // dμ's columns add up to nearly 0 here; the wrong value is the other one.
        double[] right = [1e-17, 5], got = [0, 6];
        Assert.Equal([false, true], RelativeError.OfEach(got, right).Select(error => error > 1e-9));
    }

    [Fact]
    public void Wrong_in_the_same_way_is_recognized_where_both_run_out_of_an_array()
    {
        var result = Check.LinearForward((x, w, b) =>
        {
            var y = new double[x.GetLength(0), b.Length];
            for (var n = 0; n < x.GetLength(0); n++)
                for (var o = 0; o < b.Length; o++)
                    y[n, o] = b[o] + Enumerable.Range(0, x.GetLength(1)).Sum(i => x[n, i] * w[i, o]);
            return y;
        });
        Assert.Contains("Rows and columns of W are exchanged", result.Message);
    }

    [Fact]
    public void Steps_in_an_order_that_makes_no_sense_are_explained()
    {
        var backwardFirst = Check.TrainingLoop((network, batches, _, epochs) =>
        {
            network.Backward(batches[0].Labels);
            return new double[epochs];
        });
        Assert.StartsWith("Backward came before Forward", backwardFirst.Message);

        var stepFirst = Check.TrainingLoop((network, batches, _, epochs) =>
        {
            network.Forward(batches[0].X);
            network.Step();
            return new double[epochs];
        });
        Assert.StartsWith("Step came before Backward", stepFirst.Message);
    }

    [Fact]
    public void Hints_come_one_by_one_and_the_solution_last_and_again()
    {
        var hints = Exercises.Named("Fold").Hints;
        foreach (var (number, hint) in hints.Index())
        {
            var given = Check.Hint("Fold");
            Assert.Equal((hint, null), (given.Text, given.Code));
            Assert.EndsWith($"hint {number + 1} of {hints.Length}", given.Title);
        }
        for (var again = 0; again < 2; again++)
            Assert.StartsWith("(double[,] W, double[] B) Fold(", Check.Hint("Fold").Code);
    }

    [Fact]
    public void A_hint_is_for_what_was_checked_last()
    {
        Check.RmsNorm((_, _, _) => throw new NotImplementedException());
        Assert.StartsWith("RMS norm, hint 1", Check.Hint().Title);
        Check.InstanceNorm((_, _, _, _) => throw new NotImplementedException());
        Assert.StartsWith("Instance norm, hint 1", Check.Hint().Title);
    }

    [Fact]
    public void A_hint_for_nothing_says_what_there_is() =>
        Assert.Contains($"such as {Exercises.All[0].Name}", Assert.Throws<ArgumentException>(() => Check.Hint("Nothing")).Message);

    [Fact]
    public void A_right_answer_is_the_learners_until_it_is_wrong_again()
    {
        Func<double[,], double[,]> mine = x => Each(x, v => v > 0 ? v : 0), wrong = x => x;
        Check.Relu(wrong);
        Check.Fold((w, b, _, _, _, _, _) => (w, b)); // wrong, whatever tests before this one left
        Assert.NotSame(wrong, Mine.Relu);
        Assert.Equal("Relu: the course's own until yours is right.", Mine.Whose("Relu"));
        Check.Relu(mine);
        Assert.Same(mine, Mine.Relu);
        Assert.Equal("Relu: yours. Fold: the course's own until yours is right.", Mine.Whose("Fold", "Relu"));
        Check.Relu(wrong);
        Assert.NotSame(mine, Mine.Relu);
    }

    [Fact]
    public void Notebook_16_has_a_function_to_go_on_with_for_each_of_its_exercises() =>
        Assert.Equal(BuildExercises.All.Select(exercise => exercise.Name), typeof(Mine).GetProperties().Select(property => property.Name));

    [Theory]
    [InlineData("<b>&</b>")]
    public void What_a_learner_throws_is_text_on_a_page(string message) =>
        Assert.Contains("&lt;b&gt;&amp;&lt;/b&gt;", Check.Forward((_, _, _, _) => throw new InvalidOperationException(message)).ToHtml());

    static double[,] Right(double[,] x, double[] gamma, double[] beta, double eps) => ForwardExercise.Exercise.Solution(x, gamma, beta, eps);

    static double[,] Each(double[,] x, Func<double, double> of)
    {
        var y = new double[x.GetLength(0), x.GetLength(1)];
        for (var n = 0; n < x.GetLength(0); n++)
            for (var c = 0; c < x.GetLength(1); c++)
                y[n, c] = of(x[n, c]);
        return y;
    }
}
