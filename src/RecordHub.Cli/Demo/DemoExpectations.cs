using RecordHub.Cli.Output;

namespace RecordHub.Cli.Demo;

/// <summary>Keeps what was expected and did not happen, so that the demonstration can be a test.</summary>
internal sealed class DemoExpectations(CommandOutput output)
{
    private readonly List<string> _missed = [];

    /// <summary>Whether everything was as expected.</summary>
    public bool AllMet => _missed.Count == 0;

    /// <summary>What was not.</summary>
    public IReadOnlyList<string> Missed => _missed;

    /// <summary>Says that something is so, and remembers it when it is not.</summary>
    public void Expect(bool met, string statement)
    {
        output.Line($"  {(met ? "✓" : "✗")} {statement}");
        if (!met)
        {
            _missed.Add(statement);
        }
    }
}
