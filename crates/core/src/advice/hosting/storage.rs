//! Object storage behind a network that speaks HTTPS: Amazon S3 with `CloudFront`.

use super::{Hosting, Leads, Site, file};

/// A `CloudFormation` template. The cache policy is AWS's own that caches nothing, the same in every account, so that a changed
/// policy is served at once.
const TEMPLATE: &str = r#"{
  "AWSTemplateFormatVersion": "2010-09-09",
  "Description": "The policy host of MTA-STS, HOST",
  "Resources": {
    "Bucket": {
      "Type": "AWS::S3::Bucket",
      "Properties": {
        "PublicAccessBlockConfiguration": {
          "BlockPublicAcls": true,
          "BlockPublicPolicy": true,
          "IgnorePublicAcls": true,
          "RestrictPublicBuckets": true
        }
      }
    },
    "Certificate": {
      "Type": "AWS::CertificateManager::Certificate",
      "Properties": { "DomainName": "HOST", "ValidationMethod": "DNS" }
    },
    "Access": {
      "Type": "AWS::CloudFront::OriginAccessControl",
      "Properties": {
        "OriginAccessControlConfig": {
          "Name": { "Ref": "AWS::StackName" },
          "OriginAccessControlOriginType": "s3",
          "SigningBehavior": "always",
          "SigningProtocol": "sigv4"
        }
      }
    },
    "Distribution": {
      "Type": "AWS::CloudFront::Distribution",
      "Properties": {
        "DistributionConfig": {
          "Enabled": true,
          "Aliases": ["HOST"],
          "Origins": [
            {
              "Id": "policy",
              "DomainName": { "Fn::GetAtt": ["Bucket", "RegionalDomainName"] },
              "S3OriginConfig": { "OriginAccessIdentity": "" },
              "OriginAccessControlId": { "Fn::GetAtt": ["Access", "Id"] }
            }
          ],
          "DefaultCacheBehavior": {
            "TargetOriginId": "policy",
            "ViewerProtocolPolicy": "https-only",
            "CachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
          },
          "ViewerCertificate": {
            "AcmCertificateArn": { "Ref": "Certificate" },
            "SslSupportMethod": "sni-only",
            "MinimumProtocolVersion": "TLSv1.2_2021"
          }
        }
      }
    },
    "BucketPolicy": {
      "Type": "AWS::S3::BucketPolicy",
      "Properties": {
        "Bucket": { "Ref": "Bucket" },
        "PolicyDocument": {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Effect": "Allow",
              "Principal": { "Service": "cloudfront.amazonaws.com" },
              "Action": "s3:GetObject",
              "Resource": { "Fn::Sub": "${Bucket.Arn}/*" },
              "Condition": {
                "StringEquals": {
                  "AWS:SourceArn": {
                    "Fn::Sub": "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Distribution}"
                  }
                }
              }
            }
          ]
        }
      }
    }
  },
  "Outputs": {
    "BucketName": { "Value": { "Ref": "Bucket" } },
    "DistributionName": { "Value": { "Fn::GetAtt": ["Distribution", "DomainName"] } }
  }
}
"#;

pub(super) fn s3_cloudfront(site: &Site<'_>) -> Hosting {
    let files = [file("mta-sts.json", &site.fill(TEMPLATE)), file("mta-sts.txt", site.policy)];
    let leads = Leads::Cname(
        "YOUR-DISTRIBUTION.cloudfront.net",
        "Put the DistributionName that the stack shows in place of this one.",
    );
    site.hosting("s3-cloudfront", "Amazon S3 with CloudFront", files, leads)
        .steps([
            "Run aws cloudformation deploy --region us-east-1 --stack-name mta-sts --template-file mta-sts.json. It waits for \
             the certificate: add the CNAME record that Certificate Manager shows meanwhile.",
            "See the names: aws cloudformation describe-stacks --region us-east-1 --stack-name mta-sts --query \
             Stacks[0].Outputs.",
            "Upload the policy, with the BucketName from there: aws s3 cp mta-sts.txt \
             s3://YOUR-BUCKET/.well-known/mta-sts.txt --content-type text/plain.",
            "Add the DNS record.",
            &format!("Open {} in a browser: it must show the policy.", site.url()),
        ])
        .traps([
            "The certificate has to be in the region us-east-1: CloudFront sees no other. So the stack goes there.",
            "The host has to be an alternate domain name of the distribution, or CloudFront answers 403.",
            "Upload with the type text/plain; another is served as it was stored.",
            "The website address of the bucket itself has no HTTPS, and cannot be used.",
        ])
}
