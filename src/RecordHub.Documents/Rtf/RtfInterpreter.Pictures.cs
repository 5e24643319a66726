namespace RecordHub.Documents.Rtf;

/// <summary>Pictures in hexadecimal: JPEG and PNG become attachments, metafiles are left out.</summary>
internal sealed partial class RtfInterpreter
{
    private readonly List<byte> _picture = [];
    private string? _pictureType;
    private int _highDigit = -1;

    private void BeginPicture()
    {
        _picture.Clear();
        _pictureType = null;
        _highDigit = -1;
    }

    private void PictureByte(byte value)
    {
        if (_pictureType is null || !char.IsAsciiHexDigit((char)value) || _picture.Count >= attachments.Room)
        {
            return;
        }

        int digit = value <= '9' ? value - '0' : (value | 0x20) - 'a' + 10;
        if (_highDigit < 0)
        {
            _highDigit = digit;
            return;
        }

        _picture.Add((byte)((_highDigit << 4) | digit));
        _highDigit = -1;
    }

    private void TakePicture()
    {
        if (_pictureType is not null && _picture.Count > 0)
        {
            attachments.Add(_pictureType == "jpegblip" ? "image/jpeg" : "image/png", null, _picture.ToArray());
        }

        BeginPicture();
    }
}
