using System.Numerics;

namespace BnNotebooks.Core;

/// <summary>
/// Runs a <see cref="GroupBackward{T,TLanes}"/> in the order that suits memory and threads. ∂ℓ/∂γ and ∂ℓ/∂β are sums over the
/// samples, so threads that share out the samples need sums of their own.
/// </summary>
/// <remarks>
/// Where there are few γ, the groups are cut into pieces, each with its own sums, which are added up at the end; a group is read
/// from memory for p and q, and then from the cache. Where there are many, as in a layer norm of images, a group would not stay
/// in the cache, and the sums would take more memory than the data: p and q of all groups come first, and then the gradients,
/// block of γ by block of γ, each for all samples. Which of the two, and the pieces, depend on the shape alone, so the result
/// is the same whatever the number of threads.
/// </remarks>
internal static unsafe class GroupBackwardWork<T, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLanes : unmanaged, ILanes<TLanes>
{
    private const int MostPieces = 16;
    private const int MostParameters = 32 << 10;
    private const int ValuesOfPiece = 128 << 10;    // at least, and twice the γ, so that adding up the pieces takes little beside
    private const int GroupsTogether = 4;           // as many as share a reading of γ and the sums

    /// <summary>How many doubles a run needs for the sums of all pieces but the first, whose are the results.</summary>
    public static long ScratchLength(GroupShape shape) => (Pieces(shape) - 1) * 2L * shape.P;

    public static void Run(GroupBackward<T, TLanes> pass, double* dGamma, double* dBeta, double* scratch)
    {
        var shape = pass.Shape;
        new Span<double>(dGamma, shape.P).Clear();
        new Span<double>(dBeta, shape.P).Clear();
        var threads = ThreadTeam.For((long)shape.Groups * shape.M);
        if (ByBlock(shape))
        {
            ThreadTeam.Run(new GroupsMeasured(pass), Math.Min(threads, shape.Groups));
            ThreadTeam.Run(new BlocksApplied(pass, dGamma, dBeta), threads);
            return;
        }

        var pieces = Pieces(shape);
        new Span<double>(scratch, (int)ScratchLength(shape)).Clear();
        ThreadTeam.Run(new PiecesOfGroups(pass, pieces, dGamma, dBeta, scratch), Math.Min(threads, pieces));
        // The pieces added up, always in the same order.
        for (var piece = 1; piece < pieces; piece++)
        {
            var more = scratch + (piece - 1) * 2L * shape.P;
            for (var p = 0; p < shape.P; p++)
                (dGamma[p], dBeta[p]) = (dGamma[p] + more[p], dBeta[p] + more[shape.P + p]);
        }
    }

    private static bool ByBlock(GroupShape shape) => shape.S == 1 && shape.P > MostParameters;

    private static int Pieces(GroupShape shape) => ByBlock(shape)
        ? 1
        : (int)Math.Clamp((long)shape.Groups * shape.M / Math.Max(ValuesOfPiece, 2L * shape.P), 1, Math.Min(shape.Groups, MostPieces));

    private readonly struct PiecesOfGroups(GroupBackward<T, TLanes> pass, int pieces, double* dGamma, double* dBeta, double* scratch) : IWork
    {
        public void Run(int part, int parts)
        {
            var shape = pass.Shape;
            for (var piece = pieces * part / parts; piece < pieces * (part + 1) / parts; piece++)
            {
                var ofGamma = piece == 0 ? dGamma : scratch + (piece - 1) * 2L * shape.P;
                var ofBeta = piece == 0 ? dBeta : ofGamma + shape.P;
                var end = (int)((long)shape.Groups * (piece + 1) / pieces);
                for (var group = (int)((long)shape.Groups * piece / pieces); group < end; group += GroupsTogether)
                    Run(group, Math.Min(group + GroupsTogether, end), ofGamma, ofBeta);
            }
        }

        private void Run(int group, int end, double* ofGamma, double* ofBeta)
        {
            var shape = pass.Shape;
            for (var g = group; g < end; g++)
            {
                pass.Measure(g, ofGamma, ofBeta);
                if (shape.S > 1)
                    pass.Apply(g);
            }
            for (var block = 0L; shape.S == 1 && block < shape.M; block += GroupBackward<T, TLanes>.BlockValues)
                for (var g = group; g < end; g++)
                    pass.ApplyEach(g, (int)block, ofGamma, ofBeta);
        }
    }

    private readonly struct GroupsMeasured(GroupBackward<T, TLanes> pass) : IWork
    {
        public void Run(int part, int parts)
        {
            var groups = pass.Shape.Groups;
            for (var group = (int)((long)groups * part / parts); group < (int)((long)groups * (part + 1) / parts); group++)
                pass.Measure(group, dGamma: null, dBeta: null);
        }
    }

    private readonly struct BlocksApplied(GroupBackward<T, TLanes> pass, double* dGamma, double* dBeta) : IWork
    {
        // The groups of a sample follow one another, and the same ones of the next sample have the same γ.
        public void Run(int part, int parts)
        {
            var (groupsOfSample, blocksOfGroup) =
                (pass.Shape.P / pass.Shape.M, (pass.Shape.M + GroupBackward<T, TLanes>.BlockValues - 1) / GroupBackward<T, TLanes>.BlockValues);
            var blocks = groupsOfSample * blocksOfGroup;
            for (var b = (int)((long)blocks * part / parts); b < (int)((long)blocks * (part + 1) / parts); b++)
                for (var group = b / blocksOfGroup; group < pass.Shape.Groups; group += groupsOfSample)
                    pass.ApplyEach(group, b % blocksOfGroup * GroupBackward<T, TLanes>.BlockValues, dGamma, dBeta);
        }
    }
}
