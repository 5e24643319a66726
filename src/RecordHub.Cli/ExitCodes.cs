namespace RecordHub.Cli;

/// <summary>What a command's exit code means; scripts rely on it.</summary>
public static class ExitCodes
{
    /// <summary>All done.</summary>
    public const int Done = 0;

    /// <summary>It failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Done, but something was held, rejected or conflicting, or a file was not read as a whole.</summary>
    public const int Attention = 3;
}
