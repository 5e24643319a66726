namespace RecordHub.Documents.Archives;

/// <summary>One step of walking an archive.</summary>
public abstract record ArchiveItem
{
    private ArchiveItem()
    {
    }

    /// <summary>A file.</summary>
    /// <param name="Path">Relative, '/' separated, no '..'; members of nested archives are written <c>outer.zip!/inner</c>.</param>
    /// <param name="Content">Readable once and forward only, until the next item is asked for; reading past a limit throws
    /// <see cref="ArchiveLimitException"/>, damage <see cref="InvalidDataException"/>.</param>
    public sealed record Member(string Path, Stream Content) : ArchiveItem;

    /// <summary>A member, or the whole archive (<paramref name="Path"/> empty), that is not handed out, and why.</summary>
    public sealed record Refused(string Path, string Reason) : ArchiveItem;
}
