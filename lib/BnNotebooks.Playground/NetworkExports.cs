using System.Runtime.InteropServices.JavaScript;
using BnNotebooks.Playground.Networks;

namespace BnNotebooks.Playground;

/// <summary>
/// Training networks, as the playground's page calls them. A run is known by the number that <see cref="Make"/> gave it; what comes in
/// bulk comes as one list of numbers, in the order that the classes in Networks say.
/// </summary>
static partial class NetworkExports
{
    static readonly Dictionary<int, TrainingRun> Runs = [];
    static int made;

    /// <summary>Makes a run of a description (JSON, see <see cref="RunDescription"/>).</summary>
    [JSExport]
    public static int Make(string description)
    {
        Runs.Add(++made, new TrainingRun(RunDescription.Parse(description)));
        return made;
    }

    /// <summary>Forgets a run.</summary>
    [JSExport]
    public static void Drop(int run) => Runs.Remove(run);

    /// <summary>The C# that builds a description's network.</summary>
    [JSExport]
    public static string Code(string description) => ArchitectureCode.Of(RunDescription.Parse(description));

    /// <summary>Trains. Gives how many steps have been made, the latest batch's loss and the next step's learning rate.</summary>
    [JSExport]
    public static double[] Step(int run, int steps)
    {
        Runs[run].Step(steps);
        return [Runs[run].Steps, Runs[run].BatchLoss, Runs[run].Rate];
    }

    /// <summary>Loss and accuracy in training mode, the same in evaluation mode, accuracy in training mode over sorted batches.</summary>
    [JSExport]
    public static double[] Scores(int run) => Networks.Scores.Of(Runs[run]).ToArray();

    /// <summary>Takes the running averages anew. Gives the number of layers that have any.</summary>
    [JSExport]
    public static int Recalibrate(int run) => Runs[run].Recalibrate();

    /// <summary>The picture's frame (left, right, bottom, top), then x, y and class of each training point.</summary>
    [JSExport]
    public static double[] Points(int run)
    {
        var data = Runs[run].Training;
        return [.. data.Frame(), .. data.Labels.SelectMany((label, i) => (double[])[data.Points[2 * i], data.Points[2 * i + 1], label])];
    }

    /// <summary>The probability of class 1 over the plane, in evaluation mode.</summary>
    [JSExport]
    public static double[] PlaneInEvaluation(int run, int side) => Plane.InEvaluation(Runs[run], side);

    /// <summary>The probability of class 1 over the plane, in training mode.</summary>
    [JSExport]
    public static double[] PlaneInTraining(int run, int side, int batchSize, int draw) => Plane.InTraining(Runs[run], side, batchSize, draw);

    /// <summary>The companions of a draw, x and y of each.</summary>
    [JSExport]
    public static double[] Companions(int run, int count, int draw) => [.. Plane.Companions(Runs[run], count, draw)];

    /// <summary>One point's answers: in evaluation mode, then with ever other companions in training mode.</summary>
    [JSExport]
    public static double[] AtPoint(int run, double x, double y, int batchSize, int draws) => Plane.AtPoint(Runs[run], x, y, batchSize, draws);

    /// <summary>Histograms of each hidden layer, then the statistics of each of its units.</summary>
    [JSExport]
    public static double[] Inside(int run)
    {
        var inside = new Inside(Runs[run]);
        return [.. inside.Histograms(), .. inside.Statistics()];
    }
}
