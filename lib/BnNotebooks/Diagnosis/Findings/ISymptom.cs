namespace BnNotebooks.Diagnosis;

/// <summary>One thing to look for.</summary>
interface ISymptom
{
    /// <summary>Reads it from what was seen.</summary>
    IEnumerable<Finding> In(Observations seen);
}
