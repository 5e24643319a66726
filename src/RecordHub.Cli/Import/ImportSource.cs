namespace RecordHub.Cli.Import;

/// <summary>One step of walking the given paths.</summary>
internal abstract record ImportSource
{
    private ImportSource()
    {
    }

    /// <summary>A file to read.</summary>
    public sealed record Found(string Path) : ImportSource
    {
        /// <inheritdoc />
        public override string ToString() => nameof(Found);
    }

    /// <summary>Something that is not read, and why.</summary>
    public sealed record Passed(string Path, string Outcome, string Reason) : ImportSource
    {
        /// <inheritdoc />
        public override string ToString() => nameof(Passed);
    }
}
