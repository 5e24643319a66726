namespace RecordHub.Cli;

/// <summary>A command cannot do what it was asked; says what is wrong, and what to do about it.</summary>
public sealed class CommandException(string error, string advice, int exitCode = ExitCodes.Failed) : Exception(error)
{
    /// <summary>What to do about it.</summary>
    public string Advice { get; } = advice;

    /// <summary>The exit code of the process.</summary>
    public int ExitCode { get; } = exitCode;
}
