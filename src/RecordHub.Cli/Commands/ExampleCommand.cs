using System.CommandLine;

namespace RecordHub.Cli.Commands;

/// <summary>A command whose help ends with an example.</summary>
internal sealed class ExampleCommand(string name, string description, string example) : Command(name, description)
{
    /// <summary>What follows <c>recordhub</c>.</summary>
    public string Example { get; } = example;
}
