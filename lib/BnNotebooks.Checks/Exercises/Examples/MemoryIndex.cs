using Function = System.Func<int, int, int, int, int, int, int, int>;

namespace BnNotebooks.Checks;

public static partial class Check
{
    /// <summary>Checks where an element of a block (N, C, H, W) lies in row-major memory: (n, c, h, w, C, H, W) to its place, from 0.</summary>
    /// <param name="answer">The learner's function.</param>
    public static CheckResult MemoryIndex(Function answer) => MemoryIndexExercise.Exercise.Check(answer);
}

static class MemoryIndexExercise
{
    public static Exercise<Function> Exercise { get; } = new()
    {
        Name = "MemoryIndex",
        Title = "Where a number lies in memory",
        Solution = MemoryIndex,
        Trials =
        [
            Trial("images of 3 × 4 × 5", 3, 4, 5, (0, 0, 0, 0), (0, 0, 0, 1), (0, 0, 1, 0), (0, 1, 0, 0), (1, 0, 0, 0), (1, 2, 3, 4)),
            Trial("the batch of slide 16", 120, 55, 65, (19, 119, 54, 64), (3, 17, 20, 11), (7, 0, 50, 2)),
        ],
        Mistakes =
        [
            new("That is (N, H, W, C), the order of TensorFlow and of channels_last; PyTorch's blocks are (N, C, H, W): w moves fastest, then h, then c.",
                (n, c, h, w, C, H, W) => ((n * H + h) * W + w) * C + c),
            new("Rows and columns are exchanged: a row has W numbers, so h counts W times.", (n, c, h, w, C, H, W) => ((n * C + c) * W + w) * H + h),
            new("A row has W numbers; you took H.", (n, c, h, w, C, H, W) => ((n * C + c) * H + h) * H + w),
            new("You forgot n: each image before this one takes C·H·W numbers.", (n, c, h, w, C, H, W) => (c * H + h) * W + w),
            new("You forgot c: each channel before this one takes H·W numbers.", (n, c, h, w, C, H, W) => (n * C * H + h) * W + w),
            new("An image has C channels; n counts C·H·W numbers, not H·W.", (n, c, h, w, C, H, W) => ((n + c) * H + h) * W + w),
            new("A channel has H·W numbers; c counts H·W, not only W.", (n, c, h, w, C, H, W) => n * C * H * W + (c + h) * W + w),
            new("You count from 1; the first number lies at 0.", (n, c, h, w, C, H, W) => ((n * C + c) * H + h) * W + w + 1),
            new("The order of the channels and images is exchanged: an image's channels lie together.", (n, c, h, w, C, H, W) => ((c * C + n) * H + h) * W + w),
            new("You added the indices without their steps: each counts as many numbers as lie in all dimensions behind it.", (n, c, h, w, C, H, W) => n + c + h + w),
            new("Each number counts one step of the axis beside it alone; n counts C·H·W, c counts H·W: parentheses are missing.", (n, c, h, w, C, H, W) => n * C + c * H + h * W + w),
        ],
        Hints =
        [
            "How many numbers are passed over when w grows by one? And when h grows by one, c, n?",
            "The steps are 1 for w, W for h, H·W for c and C·H·W for n.",
            "In one expression, from the outside in: ((n·C + c)·H + h)·W + w.",
        ],
    };

    static Trial<Function> Trial(string name, int channels, int height, int width, params (int N, int C, int H, int W)[] places) =>
        new(name, (f, _) => [Part.Of("index", places.Select(at => f(at.N, at.C, at.H, at.W, channels, height, width)).ToArray())]);

    // solution of MemoryIndex
    static int MemoryIndex(int n, int c, int h, int w, int C, int H, int W)
    {
        return ((n * C + c) * H + h) * W + w;
    }
    // end
}
