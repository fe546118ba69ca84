using System.Runtime.InteropServices.JavaScript;
using BnNotebooks.Core;

namespace BnNotebooks.Playground.Explorables;

/// <summary>
/// Gradient descent in the bowl ℓ = ½ (w₀²/κ + w₁²): flat along the first weight, steep along the second, its lowest point at 0.
/// </summary>
static partial class Valley
{
    /// <summary>After so many steps it gives up.</summary>
    public const int MostSteps = 5000;

    /// <summary>How many points of the way it hands on: more than anybody can tell apart.</summary>
    public const int MostPoints = 500;

    /// <summary>
    /// Walks from the contour that crosses the flat axis at 1 until 99.9 % of the loss is gone.
    /// </summary>
    /// <param name="kappa">κ, the condition number, at least 1.</param>
    /// <param name="rate">The learning rate; the steep curvature is 1, so above 2 the way climbs.</param>
    /// <param name="angle">Where on the contour it starts, in degrees: 0 on the flat axis, 90 on the steep one.</param>
    /// <returns>
    /// The number of steps, −1 where it climbed out, or <see cref="MostSteps"/> where it did not arrive; then w₀ and w₁ of each point.
    /// </returns>
    [JSExport]
    public static double[] Descend(double kappa, double rate, double angle)
    {
        var w = new Parameter<double>("w", [2], 0);
        var (sin, cos) = Math.SinCos(angle * Math.PI / 180);
        (w.Values[0], w.Values[1]) = (cos, sin / Math.Sqrt(kappa));
        var sgd = new Sgd<double>([w], rate);

        double Loss() => (w.Values[0] * w.Values[0] / kappa + w.Values[1] * w.Values[1]) / 2;
        var start = Loss();
        List<double> answer = [0, w.Values[0], w.Values[1]];
        var steps = 0;
        while (Loss() > 1e-3 * start && steps < MostSteps)
        {
            (w.Gradients[0], w.Gradients[1]) = (w.Values[0] / kappa, w.Values[1]);
            sgd.Step();
            steps++;
            if (answer.Count <= 2 * MostPoints)
                answer.AddRange(w.Values);
            if (Loss() > 100 * start)
            {
                steps = -1;
                break;
            }
        }
        answer[0] = steps;
        return [.. answer];
    }
}
