namespace BnNotebooks.Core.Tests.Robustness;

/// <summary>Whoever shares work with the worker threads leaves when all of them are done, whatever happens meanwhile.</summary>
[Collection(nameof(Parallelism))]
public class ThreadTeamTests
{
    static int done;

    [Fact]
    public void An_interrupt_takes_effect_when_the_workers_are_done_and_is_not_lost()
    {
        done = 0;
        var (doneOnReturn, interrupted) = (0, false);
        var caller = new Thread(() =>
        {
            Thread.CurrentThread.Interrupt();
            ThreadTeam.Run(new Slow(), parts: 3);
            doneOnReturn = done;
            interrupted = Record.Exception(() => Thread.Sleep(1)) is ThreadInterruptedException;
        });

        caller.Start();
        caller.Join();

        Assert.Equal((3, true), (doneOnReturn, interrupted));
    }

    [Theory, InlineData(0), InlineData(2)]
    public void An_exception_on_any_thread_reaches_the_caller_when_all_are_done(int part)
    {
        done = 0;

        var exception = Assert.Throws<InvalidOperationException>(() => ThreadTeam.Run(new Failing(part), parts: 3));

        Assert.Equal(($"part {part}", 2), (exception.Message, done));
        ThreadTeam.Run(new Slow(), parts: 3);
        Assert.Equal(5, done);
    }

    sealed class Slow : Work
    {
        public override void Run(int part, int parts)
        {
            if (part > 0)
                Thread.Sleep(30);
            Interlocked.Increment(ref done);
        }
    }

    sealed class Failing(int failing) : Work
    {
        public override void Run(int part, int parts)
        {
            if (part == failing)
                throw new InvalidOperationException($"part {part}");
            new Slow().Run(part, parts);
        }
    }
}
