namespace BnNotebooks.Diagnosis;

/// <summary>One layer at several places of a forward pass: its averages are those of none of them.</summary>
sealed class SeveralUses : ISymptom
{
    public const string Name = "used several times";
    const double Unlike = 0.3;

    public IEnumerable<Finding> In(Observations seen)
    {
        foreach (var norm in seen.Norms.Where(norm => norm.Uses > 1))
        {
            var apart = norm.Layer.Kind == NormKind.Batch ? Apart(norm) : 0;
            yield return new Finding(Name, norm.Layer.Name, apart > Unlike ? Severity.Fault : Severity.Remark,
                $"A forward pass calls this layer {norm.Uses} times."
                + (norm.Layer.Kind == NormKind.Batch ? $" The inputs there are {Words.Number(apart)} standard deviations apart; its averages are a mixture." : ""),
                "Give each place its own layer: with weights shared or not, averages should not be.");
        }
    }

    static double Apart(NormRecord norm)
    {
        Population[] places = [.. norm.Train.GroupBy(visit => visit.Call).Select(group => Population.Of([.. group.Select(visit => visit.Input)]))];
        return places.Skip(1).Max(place => Gap.Of(places[0], place).Size);
    }
}
