using System.Numerics.Tensors;

namespace BnNotebooks.Playground.Networks;

/// <summary>
/// What a network answers at points of the plane: the probability of class 1. In training mode a point is never asked alone: it joins a
/// batch of training points, its companions, and with other companions the answer is another.
/// </summary>
static class Plane
{
    /// <summary>Of a large batch, points of the plane may take this part, so that a picture needs fewer passes; of any, one at least.</summary>
    const int BatchPerPoint = 32;

    /// <summary>The answers in evaluation mode, row by row from the bottom left.</summary>
    public static double[] InEvaluation(TrainingRun run, int side)
    {
        using var look = new Look(run.Network, training: false);
        var points = Grid(run, side);
        var answers = new double[side * side];
        Answers(run, points, answers.Length, answers);
        return answers;
    }

    /// <summary>The answers in training mode.</summary>
    /// <param name="run">The run.</param>
    /// <param name="side">How many points a side.</param>
    /// <param name="batchSize">How many points each batch has: the points asked, and training points, the same in all.</param>
    /// <param name="draw">Which training points: another number, other companions.</param>
    public static double[] InTraining(TrainingRun run, int side, int batchSize, int draw)
    {
        using var look = new Look(run.Network, training: true);
        var points = Grid(run, side);
        var count = side * side;
        var together = Math.Max(1, batchSize / BatchPerPoint);
        var batches = (count + together - 1) / together;
        var batch = new float[2 * batchSize];
        Companions(run, batchSize - together, draw).CopyTo(batch.AsSpan(2 * together));
        var (answers, some) = (new double[count], new double[together]);
        for (var first = 0; first < batches; first++)
        {
            // Points that are asked together lie far apart, so that all batches are about the same.
            for (var i = 0; i < together; i++)
                points.AsSpan(2 * ((first + i * batches) % count), 2).CopyTo(batch.AsSpan(2 * i));
            Answers(run, batch, together, some);
            for (var i = 0; i < together; i++)
                answers[(first + i * batches) % count] = some[i];
        }
        return answers;
    }

    /// <summary>One point's answers: in evaluation mode, then in training mode in the midst of ever other companions.</summary>
    public static double[] AtPoint(TrainingRun run, double x, double y, int batchSize, int draws)
    {
        var answers = new double[1 + draws];
        float[] point = [(float)x, (float)y];
        using (new Look(run.Network, training: false))
            Answers(run, point, 1, answers);
        using var look = new Look(run.Network, training: true);
        for (var draw = 0; draw < draws; draw++)
            Answers(run, [.. point, .. Companions(run, batchSize - 1, draw)], 1, answers.AsSpan(1 + draw, 1));
        return answers;
    }

    /// <summary>The companions of a draw, two numbers a point.</summary>
    public static float[] Companions(TrainingRun run, int count, int draw)
    {
        int[] places = [.. Enumerable.Range(0, PlaneData.Count)];
        new Random(draw).Shuffle(places);
        return [.. places.Take(count).SelectMany(place => run.Training.Points.AsSpan(2 * place, 2).ToArray())];
    }

    static float[] Grid(TrainingRun run, int side)
    {
        var frame = run.Training.Frame();
        var points = new float[2 * side * side];
        for (var row = 0; row < side; row++)
            for (var column = 0; column < side; column++)
            {
                var place = 2 * (row * side + column);
                points[place] = (float)(frame[0] + (frame[1] - frame[0]) * (column + 0.5) / side);
                points[place + 1] = (float)(frame[2] + (frame[3] - frame[2]) * (row + 0.5) / side);
            }
        return points;
    }

    // Of a batch, the first ones' probabilities of class 1: softmax of two logits.
    static void Answers(TrainingRun run, float[] batch, int count, Span<double> answers)
    {
        var z = run.Network.Forward(Tensor.Create(batch, [batch.Length / 2, 2])).GetSpan([0, 0], batch.Length);
        for (var i = 0; i < count; i++)
            answers[i] = 1 / (1 + Math.Exp((double)z[2 * i] - z[2 * i + 1]));
    }
}
