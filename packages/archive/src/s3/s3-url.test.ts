import { describe, expect, it } from 'vitest';
import { readS3Url } from './s3-url.ts';

describe('the URL of an archive in an S3 store', () => {
  it('names bucket, prefix, endpoint and region', () => {
    expect(readS3Url('s3://evidence/akashi/a?endpoint=http://127.0.0.1:7070&region=eu-west-1')).toEqual({
      bucket: 'evidence',
      prefix: 'akashi/a/',
      endpoint: 'http://127.0.0.1:7070',
      region: 'eu-west-1',
      checksum: 'sha256',
      pathStyle: true,
    });
    expect(readS3Url('s3://evidence')).toMatchObject({ prefix: '', region: undefined, pathStyle: false });
    expect(readS3Url('s3://evidence/?endpoint=https://store&checksum=md5&pathStyle=false')).toMatchObject({
      prefix: '',
      region: 'us-east-1',
      checksum: 'md5',
      pathStyle: false,
    });
  });

  it.each([
    ['s3://Evidence_1/x', 'bucket'],
    ['s3://ab', 'bucket'],
    ['s3://evidence/a?endpoint=ftp://x', 'endpoint'],
    ['s3://evidence/a?checksum=none', 'checksum'],
    ['s3://evidence/a?pathStyle=1', 'pathStyle'],
    ['s3://evidence/a?secret=x', 'unknown setting'],
  ])('says what is wrong with %s', (url, word) => {
    expect(() => readS3Url(url)).toThrowError(
      expect.objectContaining({ code: 'unsupported-url', message: expect.stringContaining(word) as string }),
    );
  });

  it('does not repeat credentials that somebody put into it', () => {
    try {
      readS3Url('s3://AKIAEXAMPLE:wJalrXUtnFEMI@evidence/a');
      expect.unreachable();
    } catch (error) {
      expect(String(error)).not.toMatch(/AKIA|wJalr/);
      expect(String(error)).toContain('AWS_ACCESS_KEY_ID');
    }
  });

  it('takes no prefix that leads elsewhere', () => {
    expect(() => readS3Url('s3://evidence/a//b')).toThrowError(expect.objectContaining({ code: 'invalid-key' }));
    expect(() => readS3Url('s3://evidence/.hidden')).toThrowError(expect.objectContaining({ code: 'invalid-key' }));
  });
});
