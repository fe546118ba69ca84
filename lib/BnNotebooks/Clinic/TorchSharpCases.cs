using System.Runtime.CompilerServices;
using TorchSharp;
using GroupNorm = TorchSharp.Modules.GroupNorm;

namespace BnNotebooks.Clinic;

/// <summary>Cases that TorchSharp alone has.</summary>
public static class TorchSharpCases
{
    /// <summary>How many of the 64 weights of a new group norm are 1, as they should be.</summary>
    /// <param name="initialize">What is done to the new layer.</param>
    public static Outcome WeightsOfOne(Action<GroupNorm> initialize)
    {
        using var scope = torch.NewDisposeScope();
        LeaveNumbersInMemory();
        var norm = torch.nn.GroupNorm(8, 64);
        initialize(norm);
        return norm.weight.detach().ToTensor().Count(weight => weight == 1);
    }

    // What libtorch was given back, it gives out again as it is.
    static void LeaveNumbersInMemory()
    {
        for (var i = 0; i < 20; i++)
            torch.tensor((float[])[.. Enumerable.Repeat(7f, 64)]).clone().Dispose();
    }

    /// <summary>What a formula makes of the numbers 1, 2, 3, 4.</summary>
    /// <param name="formula">Gets the numbers as (4, 1), and gives one number.</param>
    public static Outcome OfFourNumbers(Func<torch.Tensor, torch.Tensor> formula)
    {
        using var scope = torch.NewDisposeScope();
        return formula(torch.tensor([1f, 2, 3, 4], [4, 1])).item<float>();
    }

    /// <summary>Whether a number is still there, if garbage is collected while native code works with its address.</summary>
    /// <param name="held">Whether a variable that is used later holds it, or nothing does, as in <c>x * 3.0</c>.</param>
    public static Outcome NumberSurvives(bool held)
    {
        var (number, holder) = Make(held);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var survives = number.IsAlive;
        GC.KeepAlive(holder);
        return survives ? "yes" : "no, it was freed";
    }

    // A method of its own: in the caller's frame a copy of the reference could live on.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static (WeakReference Number, Scalar? Holder) Make(bool held)
    {
        Scalar number = 3.0;
        return (new WeakReference(number), held ? number : null);
    }
}
