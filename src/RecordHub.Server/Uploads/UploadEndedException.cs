namespace RecordHub.Server.Uploads;

/// <summary>Passes through the intake, so that nothing is kept of a file that did not come whole.</summary>
internal sealed class UploadEndedException(UploadEnd end, Exception? inner = null) : Exception("The upload has ended.", inner)
{
    public UploadEnd End => end;
}
