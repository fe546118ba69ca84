namespace BnNotebooks.Runner.Execution;

/// <summary>Hears how a run is coming along; several notebooks may report at once.</summary>
interface IRunProgress
{
    /// <summary>A notebook with so many cells to run has been started.</summary>
    void Started(string notebook, int cells);

    /// <summary>A notebook's cell has ended, its n-th, well or not.</summary>
    void CellFinished(string notebook, int count);

    /// <summary>A notebook has ended.</summary>
    void Finished(NotebookResult result);
}
