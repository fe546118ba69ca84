using BnNotebooks.Clinic;

namespace BnNotebooks.Tests.Clinic;

/// <summary>Asks of a case that its symptom is there before the cure, and gone after it, with every seed.</summary>
static class Mended
{
    public static void FromBelow(Outcome before, double atMost, Outcome after, double atLeast)
    {
        Assert.All(before.Values, value => Assert.True(value <= atMost, $"The symptom is not there: {value}, expected at most {atMost}."));
        Assert.All(after.Values, value => Assert.True(value >= atLeast, $"The cure does not help: {value}, expected at least {atLeast}."));
        Assert.NotEmpty(before.Values);
        Assert.Equal(before.Values.Count, after.Values.Count);
    }

    public static void FromAbove(Outcome before, double atLeast, Outcome after, double atMost) => FromBelow(Minus(before), -atLeast, Minus(after), -atMost);

    static Outcome Minus(Outcome outcome) => new([.. outcome.Values.Select(value => -value)]);
}
