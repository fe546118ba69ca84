using Function = System.Func<double, double, double, double, double>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>
    /// Checks the shortest time that a roofline allows: (operations, bytes, Gflop/s, GB/s) to milliseconds. Williams, Waterman and Patterson
    /// 2009.
    /// </summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult RooflineTime(Function answer) => RooflineTimeExercise.Exercise.Check(answer);
}

static class RooflineTimeExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "RooflineTime",
        Title = "No faster than the roofline",
        Solution = RooflineTime,
        Trials = [Trial("a batch norm", 5e7, 1e8, 100, 30), Trial("a matrix product", 2e9, 1e7, 120, 30), Trial("nothing to compute", 0, 4e6, 50, 20)],
        Mistakes =
        [
            new("You added the two times; the processor computes while memory delivers, so the longer of the two counts.", (flops, bytes, g, b) => (flops / g + bytes / b) / 1e6),
            new("You took the shorter time; a program is done when both are.", (flops, bytes, g, b) => Math.Min(flops / g, bytes / b) / 1e6),
            new("That is the time of moving the bytes; a matrix product has more to compute than to move.", (_, bytes, _, b) => bytes / b / 1e6),
            new("That is the time of the arithmetic; a batch norm has more to move than to compute.", (flops, _, g, _) => flops / g / 1e6),
            new("That is in seconds; a millisecond is a thousandth.", (flops, bytes, g, b) => Math.Max(flops / g, bytes / b) / 1e9),
            new("A giga is 10⁹, and a second has 1000 ms: divide by 10⁶. You divided by 10³.", (flops, bytes, g, b) => Math.Max(flops / g, bytes / b) / 1e3),
            new("Giga is missing: Gflop/s and GB/s are thousands of millions a second.", (flops, bytes, g, b) => Math.Max(flops / g, bytes / b)),
            new("The limits changed places: operations go by Gflop/s, bytes by GB/s.", (flops, bytes, g, b) => Math.Max(flops / b, bytes / g) / 1e6),
            new("You multiplied by the speed; the time is the work divided by it.", (flops, bytes, g, b) => Math.Max(flops * g, bytes * b) / 1e6),
        ],
        Hints = ["How long would the arithmetic take alone, and how long the bytes?", "Both go on at the same time, so the longer one decides: Math.Max.", "10⁹ a second are 10⁶ a millisecond: divide by (10⁶ · Gflop/s) and by (10⁶ · GB/s)."],
    };

    static Trial<Function> Trial(string name, double flops, double bytes, double gflops, double gigabytes) => new(name, (f, _) => [Part.Of("ms", f(flops, bytes, gflops, gigabytes))]);

    // solution of RooflineTime
    static double RooflineTime(double flops, double bytes, double gflops, double gigabytes)
    {
        var computing = flops / (1e6 * gflops); // 10⁹ a second are 10⁶ a millisecond
        var moving = bytes / (1e6 * gigabytes);
        return Math.Max(computing, moving);
    }
    // end
}
